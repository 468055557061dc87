// Units worth a look, a button each: those that keep track of something, and those that move the answer most.
import { element, part, replace } from "../core/dom.js";
import { shortened } from "../draw/axis.js";

// choose(unit, step): its button was pressed; step: null where any step will do
export function buildUnitChoice(choose) {
  const tracking = row("Units that keep track");
  const moving = row("Units that move the answer most");
  const root = part("unit_choice", element("div", { class: "unit-choice" }, tracking, moving));
  return {
    root,
    // tracking: [{ unit, what, how }]; movers: { step, units }; labels: of the columns; unit: the chosen one
    update({ tracking: found, movers, axis }, unit) {
      fill(tracking, "Units that track", found.map(({ unit: k, what, how }) => [k, `${k}: ${what}`, how, null]), unit);
      const units = movers?.units ?? [];
      const lead = `Units that move the answer most, at “${shortened(movers?.label ?? "")}”`;
      fill(moving, lead, units.map((k) => [k, String(k), `unit ${k}`, movers.step]), unit);
    },
  };

  function fill(group, lead, buttons, unit) {
    group.hidden = !buttons.length;
    const wanted = JSON.stringify([lead, buttons]);
    if (group.dataset.shown !== wanted) {
      group.dataset.shown = wanted;
      const all = buttons.map(([k, text, title, step]) => {
        const button = element("button", { type: "button", class: "chip", title, "data-unit": k }, text);
        button.onclick = () => choose(k, step);
        return button;
      });
      replace(group, element("span", { class: "lead" }, lead), ...all);
    }
    for (const button of group.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.unit === String(unit)));
  }
}

function row(label) {
  return element("div", { class: "examples", role: "group", "aria-label": label });
}
