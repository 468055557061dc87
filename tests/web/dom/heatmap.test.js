// A heatmap's pixels, one a number.
import { drawHeatmap } from "../../../lstm_viz/web/draw/heatmap.js";
import { same, test } from "../testing.js";

test("a heatmap has a row for each unit that is drawn, of all or of some", () => {
  const canvas = document.createElement("canvas");
  const array = { shape: [2, 4], values: Float32Array.of(0, 0, 0, 1, 0, 0, 1, 0) };
  for (const [order, rows] of [[[3, 2, 1, 0], ["10", "01", "00", "00"]], [[3, 0], ["10", "00"]]]) {
    drawHeatmap(canvas, array, order, [0, 1], [[0, "#000000"], [1, "#ffffff"]]);
    same([canvas.width, canvas.height], [2, order.length]);
    const { data } = canvas.getContext("2d").getImageData(0, 0, 2, order.length);
    same(rows.map((_, row) => [0, 1].map((column) => (data[4 * (2 * row + column)] > 127 ? "1" : "0")).join("")), rows);
  }
});
