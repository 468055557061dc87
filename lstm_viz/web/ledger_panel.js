// The chosen part of the memory: where it was put in, when it is read, and its numbers.
import { element, number, replace, symbol } from "./dom.js";
import { keyHints, stepper } from "./inspector.js";

export function buildPanel(move, moveUnit) {
  const time = stepper("time", "‹", "›", (by) => move({ step: by }));
  const source = stepper("source step", "↑", "↓", (by) => move({ row: by }));
  const unit = stepper("unit", "−", "+", moveUnit);
  const values = element("dl", { class: "values" });
  const root = element("aside", { class: "inspector", "aria-label": "The chosen part of the memory" });
  root.append(time.root, source.root, unit.root, values, keyHints({ across: "time read", down: "step that put it in" }));
  function update({ header, known, token, sourceToken, step, source: j, unit: k }) {
    replace(time.text, element("small", {}, "read at"), element("strong", { class: "quoted" }, `“${token}”`), element("small", {}, `step ${step} of 0 … ${header.steps - 1}`));
    replace(source.text, element("small", {}, "put in at"), element("strong", { class: "quoted" }, `“${sourceToken}”`), element("small", {}, `step ${j}`));
    replace(unit.text, element("strong", {}, `Unit ${k}`), symbol(header.memory.symbol));
    values.classList.toggle("waiting", !known);
    replace(values, ...header.chosen.numbers.map(({ label, value, about }) => element("div", { title: about }, element("dt", {}, label), element("dd", {}, typeof value === "number" ? number(value, 4) : value))));
  }
  return { root, update };
}
