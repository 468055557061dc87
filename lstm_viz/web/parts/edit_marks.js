// What an edit did to columns, over a heatmap of what it changed: which are new, hatched; what stood there; what is gone.
import { element, replace } from "../core/dom.js";
import { shortened } from "../draw/axis.js";

export function buildEditMarks(track) {
  const names = element("div", { class: "edit-marks" });
  const columns = element("div", { class: "edit-columns", "aria-hidden": "true" });
  track.plot.before(names);
  track.plot.querySelector("canvas").after(columns);
  return {
    // marks: see `marksOf` of analysis/edits.js
    update(marks) {
      replace(names, ...marks.map((mark) => placed(element("span", { class: mark.kind, title: said(mark, mark.tokens) }, said(mark, mark.tokens.map(shortened))), mark)));
      replace(columns, ...marks.filter(({ kind }) => kind !== "was").map((mark) => placed(element("i", { class: mark.kind }), mark)));
    },
  };
}

export function said({ kind, count }, tokens) {
  const named = `${tokens.join(" ")}${count > tokens.length ? " …" : ""}`;
  return { new: "new", was: `was ${named}`, gone: named }[kind];
}

function placed(node, { start, stop }) {
  node.style.setProperty("--start", start);
  node.style.setProperty("--wide", stop - start);
  return node;
}
