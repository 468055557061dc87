// A table of results as a component.
import { replace } from "../../core/dom.js";
import { buildRoot } from "../../core/root.js";
import { buildRecords } from "../../parts/results_table.js";

const roots = new WeakMap();

export default function recordsView({ parentElement, data }) {
  if (!roots.has(parentElement)) {
    roots.set(parentElement, buildRoot("lv-records"));
    parentElement.append(roots.get(parentElement));
  }
  const root = roots.get(parentElement);
  replace(root, buildRecords(data.rows, data.caption));
  return () => {
    roots.delete(parentElement);
    root.remove();
  };
}
