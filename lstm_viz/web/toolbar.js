// Choices that concern all heatmaps: the order of the units and the notation.
import { element, replace } from "./dom.js";

export function buildToolbar(tell) {
  const order = choice("Units ordered by", (value) => tell({ order: value }));
  const notation = choice("Symbols", (value) => tell({ notation: value }));
  const note = element("p", { class: "caption" });
  note.textContent = "Each row is one unit: one number of the memory, with gates of its own. Click a cell to read its numbers.";
  const root = element("div", { class: "toolbar" }, note, order.root, notation.root);
  return {
    root,
    update(header) {
      order.update(header.orders, header.orderName);
      notation.update(header.notations, header.notation);
    },
  };
}

export function choice(label, onChoose) {
  const select = element("select");
  let listed = "";
  select.onchange = () => onChoose(select.value);
  return {
    root: element("label", { class: "choice" }, label, select),
    // options: [[value, title]]
    update(options, value) {
      if (listed !== JSON.stringify(options)) {
        listed = JSON.stringify(options);
        replace(select, ...options.map(([name, title]) => element("option", { value: name }, title)));
      }
      select.value = value;
    },
  };
}
