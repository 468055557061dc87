// How many decimals make a line right as shown; test_decimals.py holds the rule equal to Python's on random equations.
import { rightAsShown, rounded } from "../../lstm_viz/web/analysis/decimals.js";
import { evaluate, namesIn } from "../../lstm_viz/web/analysis/evaluation.js";
import { close, same, test } from "./testing.js";

const KEPT = ["sum", [1, ["product", "f", "c-"]], [1, ["product", "i", "g"]]];
const MEMORY = {
  quantity: "c",
  reductions: [
    [["f * c-", ["product", "f", "c-"]], ["i * g", ["product", "i", "g"]]],
    [["c", ["sum", [1, "f * c-"], [1, "i * g"]]]],
  ],
};

test("a tree comes to its value at every place, and fewer numbers than places repeat", () => {
  const values = { f: [0.5, 1], "c-": [2, 3], i: [1], g: [-1, 0.25] };
  same([...evaluate(KEPT, values, 2)], [0, 3.25]);
  same([...evaluate(["sum", [1, 1], [-1, "f"]], values, 4)], [0.5, 0, 0.5, 0]);
  close(evaluate(["sigmoid", "x"], { x: [-800] }, 1)[0], 0, 0);
  same([...evaluate(["relu", ["sum", [-1, "f"]]], values, 2)], [0, 0]);
  same(namesIn(KEPT), ["f", "c-", "i", "g"]);
});

test("halves are rounded away from nought", () => {
  same([rounded(0.125, 2), rounded(-0.125, 2), rounded(2.5, 0), rounded(0.4, 0)], [0.13, -0.13, 3, 0]);
});

test("a line that is right with three decimals has three", () => {
  const values = { f: [0.5], "c-": [0.5], i: [0.25], g: [0.5], "f * c-": [0.25], "i * g": [0.125], c: [0.375] };
  const { digits, holds } = rightAsShown(MEMORY, values, 1);
  same([digits.map((row) => row[0]), holds[0]], [[3, 3, 3], 1]);
});

test("numbers that go into a line get the decimals that the line needs", () => {
  const values = { f: [0.8251], "c-": [41.0372], i: [0.5], g: [0.5], "f * c-": [33.85979372], "i * g": [0.25], c: [34.10979372] };
  const { digits, holds } = rightAsShown(MEMORY, values, 1);
  same([digits[0][0] > digits[2][0], holds[0]], [true, 1]);
});

test("where no number of decimals makes a line right, it says so, at that place only", () => {
  const values = { f: [0.5], "c-": [0.5], i: [0.25], g: [0.5], "f * c-": [0.25], "i * g": [0.125], c: [0.375, 0.5] };
  same([...rightAsShown(MEMORY, values, 2).holds], [1, 0]);
});
