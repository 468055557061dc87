// A table of results as a component.
import { element, replace } from "./dom.js";
import { buildRecords } from "./records.js";

const roots = new WeakMap();

export default function recordsView({ parentElement, data }) {
  if (!roots.has(parentElement)) {
    roots.set(parentElement, element("div", { class: "lv-records" }));
    parentElement.append(roots.get(parentElement));
  }
  const root = roots.get(parentElement);
  replace(root, buildRecords(data.rows, data.caption));
  return () => {
    roots.delete(parentElement);
    root.remove();
  };
}
