// What is drawn and predicted, before there is a picture: scales, strokes, quartiles.
import { read, scaleOf } from "../../lstm_viz/web/parts/predict/scale.js";
import { between, furthest, lacking, nearby, quartiles, runs } from "../../lstm_viz/web/parts/predict/series.js";
import { close, same, test } from "./testing.js";

test("a fast pointer fills the steps between on the straight line that is seen", () => {
  same(between({ step: 2, share: 0 }, { step: 6, share: 1 }).map(({ step, share }) => [step, share]), [[3, 0.25], [4, 0.5], [5, 0.75], [6, 1]]);
  same(between({ step: 6, share: 1 }, { step: 4, share: 0 }).map(({ step, share }) => [step, share]), [[5, 0.5], [4, 0]]);
  same(between({ step: 3, share: 0.1 }, { step: 3, share: 0.7 }), [{ step: 3, share: 0.7 }]);
});

test("what is left open is told in runs, and how much of it is too much", () => {
  const values = [null, 1, 2, null, null, 3];
  same([runs(values), runs(values, false)], [[[1, 2], [5, 5]], [[0, 0], [3, 4]]]);
  same([lacking(values), lacking([1, 2, 3, 4, null]), lacking(Array(10).fill(null)), lacking([1])], [2, 0, 8, 0]);
  same([nearby(values, 3), nearby(values, 0), nearby([null, null], 1)], [2, 1, null]);
});

test("a logarithmic scale has equal factors at equal distances, and a value comes back from its place", () => {
  const scale = scaleOf({ range: [1e-6, 1], scale: "log" });
  close(scale.share(1e-3), 0.5);
  close(scale.value(0.5), 1e-3);
  same([scale.share(0), scale.share(7)], [0, 1]);
  same([scale.show(2e-7), scale.show(0.001), scale.show(0.0314)], ["2×10⁻⁷", "0.001", "0.0314"]);
  const linear = scaleOf({ range: [-40, 40], decimals: 1, unit: "°C" });
  for (const value of [-40, -3.1, 0, 17.4, 40]) same(linear.value(linear.share(value)), value);
  same([linear.show(-3.04), linear.show(-0.01)], ["−3.0 °C", "0.0 °C"]);
});

test("a number is read with a point or a comma, either minus sign, or a power of ten", () => {
  same([read(" 0,4 "), read("−1.5"), read("2e-3"), read(".5")], [0.4, -1.5, 0.002, 0.5]);
  same(["", "half", "1.2.3", "1 2", "-"].map(read), Array(5).fill(NaN));
});

test("the furthest place is the first of several, and none where nothing can be compared", () => {
  const apart = (one, other) => Math.abs(one - other);
  same([furthest([1, null, 3], [0, 9, 2], apart), furthest([null, 1], [1, null], apart)], [0, null]);
});

test("the middle half of all curves is counted where they were drawn", () => {
  same(quartiles([[0, 1], [1, null], [2, null], [3, null], [4, null]], 3), [[1, 2, 3], [1, 1, 1], null]);
});
