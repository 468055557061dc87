// A training's own time-line: the states that were kept of it, to go back through, and to go on from.
import { element, part } from "../../core/dom.js";
import { buildTimeline } from "../../parts/timeline/timeline.js";

// show(update): put a state on show, null for the newest; rewind(update): go on from there
export function buildPast({ show, rewind }) {
  const line = buildTimeline({ onMove: (index) => go(index) });
  const newest = button("To the newest", () => show(null));
  const from = button("Go back to here", () => rewind(at));
  const root = part("time_line", element("div", { class: "past" }, line.root, element("div", { class: "offer" }, from, newest)));
  let steps = [];
  let at = null;

  const go = (index) => show(index >= steps.length - 1 ? null : steps[index]);

  return {
    root,
    // past: { steps, race, curves: [{ name, values, texts, colour }] }, the newest last; race: whether the curves are one score; at: the update on show, null for the newest
    update({ past, at: shown, theme, colours }) {
      ({ steps } = past);
      at = shown;
      root.hidden = steps.length < 2;
      if (root.hidden) return;
      const index = at === null ? steps.length - 1 : Math.max(0, steps.indexOf(at));
      const curves = past.curves.map(({ name, values, texts, colour }) => ({ name, values, colour: colours[colour], said: (value) => texts[values.indexOf(value)] ?? "" }));
      line.update({ steps, curves, at: index, theme, one: past.race, words: ["update", "the newest"] });
      from.hidden = newest.hidden = at === null;
    },
  };
}

function button(title, act) {
  const node = element("button", { type: "button", class: "quiet" }, title);
  node.onclick = act;
  return node;
}
