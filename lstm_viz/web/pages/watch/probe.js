// The sequence that the gates are shown on: one that the reader types, or one of the task's examples.
import { element, part, replace } from "../../core/dom.js";

export function buildProbe(typed) {
  const area = element("textarea", { rows: 1, spellcheck: "false", autocapitalize: "off", "aria-label": "The sequence on which the gates are shown" });
  const title = element("h2", {}, "Looked at");
  const about = element("p", { class: "lead-in" });
  const chips = part("examples", element("div", { class: "chips" }));
  const root = part("editor", element("section", { class: "probe" }, title, area, about, chips));
  area.oninput = () => typed(area.value);
  area.onkeydown = (event) => {
    if (event.key === "Enter") event.preventDefault(); // a sequence is one line
  };
  return {
    root,
    // about: what it is, a sentence; examples: [[name, text]]; text: on show
    update({ about: said, examples, text }) {
      about.textContent = said;
      if (area.value !== text) area.value = text;
      const listed = JSON.stringify(examples);
      if (chips.dataset.of !== listed) {
        chips.dataset.of = listed;
        replace(chips, ...examples.map(([name, example]) => chip(name, () => typed(example))));
      }
      examples.forEach(([, example], k) => chips.children[k].setAttribute("aria-pressed", String(example === text)));
    },
  };
}

function chip(name, act) {
  const node = element("button", { type: "button", class: "chip" }, name);
  node.onclick = act;
  return node;
}
