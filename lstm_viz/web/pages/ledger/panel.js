// The chosen part of the memory: where it was put in, when it is read, and its numbers.
import { element, replace, symbol } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { keyHints } from "../../parts/key_hints.js";
import { buildSidePanel } from "../../parts/side_panel.js";
import { stepper } from "../../parts/stepper.js";

export function buildPanel(move, moveUnit) {
  const time = stepper("time", "‹", "›", (by) => move({ step: by }));
  const source = stepper("source step", "↑", "↓", (by) => move({ row: by }));
  const unit = stepper("unit", "−", "+", moveUnit);
  const values = element("dl", { class: "values" });
  const root = buildSidePanel("The chosen part of the memory", time.root, source.root, unit.root, values, keyHints({ across: "time read", down: "step that put it in" }));
  function update({ header, known, token, sourceToken, step, source: j, unit: k }) {
    replace(time.text, element("small", {}, "read at"), element("strong", { class: "quoted" }, `“${token}”`), element("small", {}, `step ${step} of 0 … ${header.steps - 1}`));
    replace(source.text, element("small", {}, "put in at"), element("strong", { class: "quoted" }, `“${sourceToken}”`), element("small", {}, `step ${j}`));
    replace(unit.text, element("strong", {}, `Unit ${k}`), symbol(header.memory.symbol));
    values.classList.toggle("waiting", !known);
    replace(values, ...header.listed.map((each) => element("div", { title: each.about }, element("dt", {}, each.label), element("dd", {}, told(each, header.chosen.numbers[each.name])))));
  }
  return { root, update };
}

// A number as it is told: a count of something, or what is said where there is none.
function told({ of, instead }, value) {
  if (typeof value !== "number") return instead[value];
  return of ? `${value} ${of[value === 1 ? 0 : 1]}` : number(value, 4);
}
