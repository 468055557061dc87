// Choose one: the options one under the other, with what was chosen and what is so marked in words.
import { element, replace } from "../../core/dom.js";

let groups = 0;

export function buildChoose(onChange) {
  const group = `lv-choose-${groups++}-${Math.random().toString(36).slice(2, 8)}`;
  const root = element("div", { class: "options", role: "radiogroup" });
  let chosen = null;

  function update({ asked, prediction, answered }) {
    chosen = prediction;
    if (root.children.length !== asked.options.length) replace(root, ...asked.options.map(option));
    root.setAttribute("aria-label", asked.prompt || "Options");
    [...root.children].forEach((label, k) => {
      const input = label.querySelector("input");
      input.checked = k === chosen;
      input.disabled = Boolean(answered);
      const [yours, so] = [Boolean(answered) && k === chosen, Boolean(answered) && k === answered.truth];
      label.classList.toggle("yours", yours);
      label.classList.toggle("so", so);
      label.querySelector(".tags").textContent = [yours && "your answer", so && "the answer"].filter(Boolean).join(" · ");
    });
  }

  function option(text, k) {
    const input = element("input", { type: "radio", name: group, value: k });
    input.onchange = () => {
      chosen = k;
      onChange();
    };
    return element("label", { class: "option" }, input, element("span", { class: "text" }, text), element("span", { class: "tags" }));
  }
  return { root, update, prediction: () => chosen, lacking: () => (chosen === null ? "Choose one first." : "") };
}
