// What is said of how far the browser and PyTorch are apart.
import { difference } from "../../lstm_viz/web/network/check.js";
import { sentence, upTo } from "../../lstm_viz/web/parts/agreement.js";
import { same, test } from "./testing.js";

test("a difference is never told smaller than it is", () => {
  same([2.31e-7, 2.3e-7, 9.96e-8, 1e-7, 0.5].map(upTo), ["2.4×10⁻⁷", "2.3×10⁻⁷", "1×10⁻⁷", "1×10⁻⁷", "5×10⁻¹"]);
});

test("the sentence says how many were compared, and what is shown where they differ", () => {
  same(sentence({ most: 0, seen: 4, of: 4, trusted: true }), "Your browser runs the network. It and PyTorch give the same numbers here: all 4 hidden states.");
  same(/128 of the 3,840/.test(sentence({ most: 1e-7, seen: 128, of: 3840, trusted: true })), true);
  same(/PyTorch differ here. That/.test(sentence({ most: Infinity, seen: 1, of: 4, trusted: false })), true);
  same(/PyTorch’s are shown/.test(sentence({ most: 1e-3, seen: 1, of: 4, trusted: false })), true);
});

test("hidden states are compared where the server says, and what is no number is as far off as can be", () => {
  const layers = { lstm: { values: { hidden_state: { shape: [3, 2], values: new Float32Array([0, 1, 2, 3, 4, NaN]) } } } };
  const theirs = (values) => ({ "check lstm": { shape: [2, 1], values: new Float32Array(values) } });
  const check = (units) => ({ lstm: { steps: [0, 2], units } });
  same(difference(layers, check([0]), theirs([0.25, 4])), { most: 0.25, seen: 2, of: 6 });
  same(difference(layers, check([1]), theirs([1, 4])).most, Infinity);
});
