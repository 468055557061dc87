// Places and colours that are worked out before anything is drawn.
import { table } from "../../lstm_viz/web/core/colour.js";
import { clamp, columnOf, columnWidth, rowHeight, ticksBetween } from "../../lstm_viz/web/core/geometry.js";
import { largestTerms } from "../../lstm_viz/web/pages/inside/equations.js";
import { addressOf } from "../../lstm_viz/web/parts/page_link.js";
import { same, test } from "./testing.js";

test("a step lies in the column whose edges hold it", () => {
  const edges = [0, 4, 8, 11];
  same([0, 3, 4, 7, 8, 10, 99].map((step) => columnOf(edges, step)), [0, 0, 1, 1, 2, 2, 2]);
  same(columnOf([0, 1], 0), 0);
});

test("columns share the room, up to a width", () => {
  same([columnWidth(600, 6), columnWidth(600, 0), columnWidth(10000, 6)], [100, 132, 132]);
  same([rowHeight(1), rowHeight(16), rowHeight(64), rowHeight(1000)], [14, 6, 1.5, 1]);
  same([clamp(-1, 4), clamp(2, 4), clamp(4, 4)], [0, 2, 3]);
});

test("ticks are round, within the ends, and few", () => {
  same(ticksBetween(0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  same(ticksBetween(-3.2, 38), [0, 10, 20, 30]);
  same(ticksBetween(5, 5), [5]);
  same(ticksBetween(0, 3, 8, true), [0, 1, 2, 3]);
  for (const [low, high] of [[0, 0.003], [-7, 12], [1e-9, 4e-9], [-1e6, 1e6]]) {
    const ticks = ticksBetween(low, high);
    same(ticks.length >= 2 && ticks.length <= 7, true);
    same(ticks.every((tick) => tick >= low - 1e-12 && tick <= high + 1e-12), true);
  }
});

test("a scale of colours begins and ends with its stops", () => {
  const colours = table([[0, "#000000"], [0.5, "#ff0000"], [1, "#ffffff"]]);
  const css = (k) => [colours[k] & 255, (colours[k] >> 8) & 255, (colours[k] >> 16) & 255, colours[k] >>> 24];
  same(css(0), [0, 0, 0, 255]);
  same(css(255), [255, 255, 255, 255]);
  same(css(128), [255, 1, 1, 255]);
  same(table([[0, "#000000"], [0.5, "#ff0000"], [1, "#ffffff"]]) === colours, true);
});

test("the largest terms of a sum come first, of whichever list they are", () => {
  const parts = [
    { source: "inputs", weights: [1, -2], values: [3, 4] },
    { source: "hidden_state-", weights: [0.5, 10], values: [1, -1] },
  ];
  const { of, largest } = largestTerms(parts, 2);
  same(of, 4);
  same(largest.map(({ source, index, size }) => [source, index, size]), [["hidden_state-", 1, -10], ["inputs", 1, -8]]);
});

test("a link to another page keeps the view, at the step and unit on show", () => {
  const [base, place] = ["http://host/base/gates?old=1", { step: 4, unit: 7 }];
  const view = { short: "text=not+good&step=1&unit=2", linkable: true };
  same(addressOf("inside_the_cell", view, place, base), "http://host/base/inside_the_cell?text=not+good&step=4&unit=7");
  same(addressOf("", view, place, base), "http://host/base/?text=not+good&step=4&unit=7");
  same(addressOf("inside_the_cell", { ...view, linkable: false }, place, base), "http://host/base/inside_the_cell");
});
