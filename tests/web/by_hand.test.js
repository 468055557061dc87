// What Build by hand keeps of a reader, takes back, and writes into a link.
import { history } from "../../lstm_viz/web/pages/by_hand/history.js";
import { keeping } from "../../lstm_viz/web/pages/by_hand/keeping.js";
import { opened } from "../../lstm_viz/web/pages/by_hand/opening.js";
import { fill, readWeights, writeWeights } from "../../lstm_viz/web/pages/by_hand/written.js";
import { same, test } from "./testing.js";

function memory(text = null) {
  return {
    text,
    getItem() {
      return this.text;
    },
    setItem(_, value) {
      this.text = value;
    },
  };
}

test("what is solved, left and hinted is there when the page opens again", () => {
  const storage = memory();
  const first = keeping(storage);
  first.solve("latch");
  first.leave("latch", "0_10");
  first.hinted("latch", 2);
  const again = keeping(storage);
  same([again.isSolved("latch"), again.isSolved("counter"), again.weights("latch"), again.hints("latch")], [true, false, "0_10", 2]);
});

test("storage that is blocked, full, or holds something else changes nothing but that", () => {
  const blocked = { getItem: () => { throw new Error("no"); }, setItem: () => { throw new Error("no"); } };
  for (const storage of [null, blocked, memory("{"), memory("[1]"), memory('{"solved": 3, "weights": {"latch": 7}, "hints": {"latch": "x"}}')]) {
    const kept = keeping(storage);
    same([kept.isSolved("latch"), kept.weights("latch"), kept.hints("latch")], [false, "", 0]);
    kept.solve("latch");
    kept.leave("latch", "1");
    same([kept.isSolved("latch"), kept.weights("latch")], [true, "1"]);
  }
});

test("a page opens on what its address or a lesson says, and else where there is something to do", () => {
  const challenges = [{ name: "latch", trials: [{ begins: [2, 5] }, { begins: [7] }] }];
  const header = { challenges, breaking: { name: "breaking", shows: 3 }, defaults: { trial: 0, step: 0 } };
  const kept = keeping(memory('{"weights": {"latch": "0_10"}}'));
  const left = { challenge: "latch", weights: "", sequence: null, shut: "", trial: 1, step: 40 }; // as by another page
  const on = (query, given = left) => {
    const { trial, step, weights } = opened(given, new URLSearchParams(query), header, kept);
    return [trial, step, weights];
  };
  same(on(""), [0, 2, "0_10"]);
  same(on("trial=1&step=40"), [1, 40, "0_10"]);
  same(on("step=40"), [1, 40, "0_10"]); // a trial that an address says nothing of is the first, and so is what is given
  same(on("trial=1"), [1, 7, "0_10"]);
  same(on("weights=5", { ...left, weights: "5" }), [1, 40, "5"]);
  same(on("lesson=mine&at=2"), [1, 40, "0_10"]);
  same(on("lesson=mine&at=2", { ...left, trial: 1, step: 0 }), [1, 7, "0_10"]);
  same(on("lesson=mine", { ...left, trial: 0, step: 0 }), [0, 2, "0_10"]);
  same(on("", { ...left, challenge: "breaking" }), [3, 0, ""]);
  same(on("trial=1", { ...left, challenge: "breaking" }), [1, 0, ""]);
});

test("one drag of a slider is one thing to undo, and what is undone can be done again", () => {
  let now = 0;
  const past = history(() => now);
  for (const value of [0, 1, 2]) {
    past.note(value, "weight 3");
    now += 100;
  }
  past.note(3, "weight 4");
  now += 2000;
  past.note(4, "weight 4");
  same(past.can(), { undo: true, redo: false });
  same([past.undo(5), past.undo(4), past.undo(3), past.undo(0)], [4, 3, 0, null]);
  same([past.redo(0), past.redo(3)], [3, 4]);
  past.note(4, null);
  same(past.redo(9), null);
});

test("weights are written as short as they are and read back", () => {
  same(writeWeights([0, -2.5, 10, 0.125, 0, 0], 3), "0_-2.5_10_0.125");
  same(readWeights("0_-2.5__x_4_9", 5), [0, -2.5, 0, 0, 4]);
  same(writeWeights([-0, 0], 3), "");
  same(fill("{held} of {hold}, {other}", { held: 3, hold: 40 }), "3 of 40, {other}");
});
