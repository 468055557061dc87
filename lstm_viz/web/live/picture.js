// What a page shows: what the server said last, and the numbers there are, made here or by the server.
import { awayIn, frameOf } from "./frame.js";

const CHOICES = ["step", "unit", "source"]; // settings that say where one looks; all else is what one looks at

// page: see mount.js; state: what its functions read
export function picture(root, state, page) {
  let counted = null; // the numbers on show: { header, arrays }
  const frame = frameOf(root, state, page);
  let choosing = true; // whether the controls are to be told what is chosen

  // What was chosen here stays until an answer has seen it, but never lies past the end of what there is.
  function bound() {
    const { steps, units } = state.header;
    state.step = Math.max(0, Math.min(state.step, steps - 1));
    state.unit = Math.max(0, Math.min(state.unit, units - 1));
    // Where there was nothing to choose from until now, nothing newer can have been chosen.
    if (!steps || !choosing) return;
    choosing = false;
    page.choices?.(state.header);
  }
  return {
    any: () => counted !== null,
    // After how many edits the text was what is shown.
    edits: () => Number(root.getAttribute("data-painted")),
    // part: "numbers" where they are all new, else "chosen"; here: whether one looks where they say
    take(part, { header, arrays }, here) {
      const kept = part === "numbers" ? { header: {}, arrays: {} } : counted;
      counted = { header: { ...kept.header, ...header }, arrays: { ...kept.arrays, ...arrays } };
      const { chosen } = counted.header;
      if (here) Object.assign(state, Object.fromEntries(CHOICES.filter((name) => name in chosen).map((name) => [name, chosen[name]])));
    },
    // The controls show what is chosen when they are drawn next: the user has chosen nothing newer.
    settle() {
      choosing = true;
    },
    // told: the server's last header; edits: after so many, the text was what is shown
    show(told, part, edits) {
      const header = { ...told, ...counted.header };
      if (frame.fold(header)) page.editor.fit?.(); // it may have more room, or less
      page.editor.count(header, counted.arrays.series, state.theme);
      // A number half typed: what was there stays, pale, until the text can be read again.
      const pale = Boolean(header.unreadable && state.header?.steps && state.header.menu.task === header.menu.task);
      root.classList.toggle("pale", pale);
      if (!pale) {
        Object.assign(state, { header, arrays: counted.arrays, away: new Set(awayIn(header)) });
        const { muted } = header.themes[state.theme];
        if (root.style.getPropertyValue("--muted") !== muted) root.style.setProperty("--muted", muted);
        bound();
        if (part === "chosen" && page.chosen) page.chosen();
        else page.draw();
        page.point?.();
        frame.light(header);
      }
      root.setAttribute("data-painted", edits);
    },
  };
}

// Whether an action only says where one looks.
export function looking([name, values]) {
  return name === "set" && Object.keys(values).every((each) => CHOICES.includes(each));
}
