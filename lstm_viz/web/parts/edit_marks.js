// What an edit did to columns, over a heatmap of what it changed: which are new, hatched; what stood there; what is gone.
import { element, replace } from "../core/dom.js";
import { textWidth } from "../core/geometry.js";
import { shortened } from "../draw/axis.js";

const FONT = "13px 'Source Sans', sans-serif";
const GAP = 6; // pixels between two names

export function buildEditMarks(track) {
  const names = element("div", { class: "edit-marks" });
  const columns = element("div", { class: "edit-columns", "aria-hidden": "true" });
  track.plot.before(names);
  track.plot.querySelector("canvas").after(columns);
  return {
    // marks: see `marksOf` of analysis/edits.js; column: how wide one is, in pixels
    update(marks, column) {
      replace(names, ...apart(marks, column).map(({ mark, short, left }) => {
        const name = element("span", { class: mark.kind, title: said(mark, mark.tokens) }, short);
        name.style.left = `${left}px`;
        return name;
      }));
      replace(columns, ...marks.filter(({ kind }) => kind !== "was").map((mark) => placed(element("i", { class: mark.kind }), mark)));
    },
  };
}

// The names that have room, each over the middle of its columns or at the left end: of columns that are too narrow for
// all, the first names stay.
function apart(marks, column) {
  let free = 0;
  return marks.flatMap((mark) => {
    const short = said(mark, mark.tokens.map(shortened));
    const width = textWidth(short, `${mark.kind === "new" ? 600 : 400} ${FONT}`);
    const wanted = ((mark.start + mark.stop) / 2) * column - width / 2;
    const left = free ? wanted : Math.max(0, wanted);
    if (left < free) return [];
    free = left + width + GAP;
    return [{ mark, short, left }];
  });
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
