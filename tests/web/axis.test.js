// Long runs in few columns, and the tokens over them.
import { aggregate, columnLabels, columnOf, columns } from "../../lstm_viz/web/analysis/aggregate.js";
import { axis, noteOf } from "../../lstm_viz/web/analysis/axis.js";
import { inkOn } from "../../lstm_viz/web/core/colour.js";
import { same, test } from "./testing.js";

const SENTENCE = "{steps} steps do not fit: each column is the mean of {width}.";
const letters = (text) => [...text];

function viewOf(text) {
  const tokens = letters(text);
  return { source: { unknown: (some) => some.map((token) => token === "x") }, reading: { tokens }, trace: { labels: tokens.map((token) => `‹${token}›`) } };
}

test("columns hold the same number of steps, the last one perhaps fewer", () => {
  same(columns(7, 3), [0, 3, 6, 7]);
  same(columns(3, 3), [0, 1, 2, 3]);
  same(columns(1), [0, 1]);
  same(columns(1200).length, 241);
});

test("a column holds the mean of its steps, and a short run is not touched", () => {
  const array = { shape: [3, 2], values: new Float32Array([1, 2, 3, 6, 5, 7]) };
  same(aggregate(array, [0, 1, 2, 3]) === array, true);
  const merged = aggregate(array, [0, 2, 3]);
  same([merged.shape, [...merged.values]], [[2, 2], [2, 4, 5, 7]]);
  same([...aggregate({ shape: [3], values: [1, 2, 6] }, [0, 3]).values], [3]);
  same(Number.isNaN(aggregate({ shape: [2], values: [1, NaN] }, [0, 2]).values[0]), true);
});

test("a label tells the first and the last token of its column", () => {
  same(columnLabels(letters("abcdefg"), [0, 3, 6, 7]), ["a … c", "d … f", "g"]);
});

test("every step is in its column", () => {
  const edges = columns(1201);
  for (let step = 0; step < 1201; step++) {
    const column = columnOf(step, edges);
    if (!(edges[column] <= step && step < edges[column + 1])) throw new Error(`step ${step} is not in column ${column}`);
  }
});

test("an axis marks new tokens only where each has a column to itself", () => {
  same(axis(viewOf("axbx")), { labels: ["‹a›", "‹x›", "‹b›", "‹x›"], unknown: [1, 3], edges: [0, 1, 2, 3, 4] });
  same(axis(viewOf("axbx"), [0, 3, 4]), { labels: ["‹a› … ‹b›", "‹x›"], unknown: [], edges: [0, 3, 4] });
});

test("columns of several steps say so", () => {
  same(noteOf(columns(1200), SENTENCE), "1,200 steps do not fit: each column is the mean of 5.");
  same(noteOf(columns(240), SENTENCE), "");
  same(noteOf([0], SENTENCE), "");
});

test("words on a colour are black or white, whichever stands out more", () => {
  same(["#ffffff", "#a98a1e", "#fed564", "#0a781f", "#000000"].map(inkOn), ["#000000", "#000000", "#000000", "#ffffff", "#ffffff"]);
});
