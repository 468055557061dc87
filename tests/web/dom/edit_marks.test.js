// What an edit did to columns is named where there is room, and never over another name.
import { buildEditMarks } from "../../../lstm_viz/web/parts/edit_marks.js";
import { same, test } from "../testing.js";

const MARKS = [
  { kind: "was", start: 0, stop: 1, tokens: ["The", "film"], count: 5 },
  { kind: "was", start: 1, stop: 2, tokens: ["not", "good"], count: 2 },
  { kind: "new", start: 2, stop: 200, tokens: ["warm"], count: 994 },
  { kind: "gone", start: 200, stop: 200, tokens: ["."], count: 1 },
];

// The names, and whether each begins after the one before it, none left of the columns.
function named(column) {
  const around = document.body.appendChild(document.createElement("div"));
  const plot = around.appendChild(document.createElement("div"));
  plot.append(document.createElement("canvas"));
  buildEditMarks({ plot }).update(MARKS, column);
  const names = [...around.firstChild.children];
  const starts = names.map(({ style }) => parseFloat(style.left));
  const text = names.map(({ textContent }) => textContent);
  around.remove();
  return { text, apart: starts.every((left, k) => left >= (k ? starts[k - 1] + 2 * text[k - 1].length : 0)) };
}

test("names that have no room are left out, the first ones last", () => {
  same(named(4), { text: ["was The film …", "new", "."], apart: true });
  same(named(120), { text: ["was The film …", "was not good", "new", "."], apart: true });
});
