// A field in which a unit is typed by its number.
import { element } from "../core/dom.js";

// choose(unit): a unit that there is was typed
export function buildUnitField(choose) {
  const input = element("input", { type: "text", inputmode: "numeric", autocomplete: "off", spellcheck: "false" });
  const said = element("small", { class: "unit-said", role: "status" });
  const root = element("label", { class: "unit-field" }, element("small", {}, "go to unit"), input);
  let count = 0;
  const take = () => {
    if (!input.value.trim()) return;
    const { unit, problem } = unitTyped(input.value, count);
    said.textContent = problem;
    if (unit === null) return input.select();
    input.value = "";
    choose(unit);
  };
  input.onchange = take;
  input.onkeydown = (event) => {
    if (event.key === "Enter") take();
    if (event.key === "Escape") input.value = said.textContent = "";
  };
  input.oninput = () => (said.textContent = "");
  return {
    root,
    said,
    update(units) {
      count = units;
      input.placeholder = `0–${units - 1}`;
      input.setAttribute("aria-label", `Go to unit, a number from 0 to ${units - 1}`);
    },
  };
}

// → the unit, or null, and a sentence on what was wrong with the text
export function unitTyped(text, count) {
  const number = text.trim().replace(/^unit\s*/i, "");
  if (!/^\d+$/.test(number)) return { unit: null, problem: `“${shown(text.trim())}” is not the number of a unit: type one from 0 to ${count - 1}.` };
  const unit = Number(number);
  if (unit < count) return { unit, problem: "" };
  return { unit: count - 1, problem: `There is no unit ${shown(number)}: the last is ${count - 1}.` };
}

function shown(text) {
  return text.length > 12 ? `${text.slice(0, 12)}…` : text;
}
