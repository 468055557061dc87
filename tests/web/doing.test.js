// What the user does changes the settings here as on the server; test_doing.py holds the two against each other.
import { reduce } from "../../lstm_viz/web/doing/reducer.js";
import { readerOf } from "../../lstm_viz/web/network/readers/reader.js";
import { same, test } from "./testing.js";

const READER = readerOf({ kind: "words", noun: "words", key: { marks: {}, alone: {}, digits: "" } }, ["<unk>"]);
const FORWARD = { index: 0, direction: "forward" };

// Its answer moves most at the last word, and there the memory of the second unit; that it is read from is not said.
const SOURCE = {
  about: { counters: { "one two three": 0 }, units: 2, shown: 2 },
  answersFrom: () => false,
  places: [FORWARD],
  cell: { memory: null, quantities: [{ name: "hidden_state", role: "state" }] },
  read: (text) => READER.read(text, 1000),
  run: (tokens) => ({ labels: tokens }),
  predictions: ({ labels }) => ({ shape: [labels.length, 1], values: Float32Array.from(labels, (_, k) => k ** 2) }),
  layer: ({ labels }) => ({
    direction: "forward",
    steps: labels.length,
    units: 2,
    values: { hidden_state: { shape: [labels.length, 2], values: Float32Array.from(labels.flatMap((_, k) => [k, k ** 2])) } },
    initial: { hidden_state: new Float32Array(2) },
  }),
};
const START = { text: "a film", before: null, step: 0, unit: 0, layer: 0, direction: "forward", source: 3, clamps: "", table: false, task: "sentiment" };
const OTHERS = { lasting_comparison: false, opens_at_end: false };

function after(actions, { rules = OTHERS, ...start } = {}) {
  return actions.reduce((settings, action) => reduce(settings, action, { source: SOURCE, rules }), { ...START, ...start });
}

const pick = (settings, ...names) => names.map((name) => settings[name]);

test("letters of one word are one edit, and the step goes along", () => {
  const typed = after([["type", "a film g"], ["type", "a film go"]]);
  same(pick(typed, "text", "before", "step"), ["a film go", "a film", 2]);
  same(pick(after([["type", "a film go"], ["type", "a film go x"]]), "before", "step"), ["a film go", 3]);
  same(pick(after([["type", "film"]], { step: 1 }), "before", "step"), ["a film", 0]);
  same(pick(after([["type", "a  film"]], { step: 1 }), "text", "step"), ["a  film", 1]);
  same(pick(after([["type", ""]], { step: 1 }), "before", "step"), ["a film", 1]);
});

test("a comparison that lasts is with the text as it was when it began", () => {
  const rules = { ...OTHERS, lasting_comparison: true };
  const typed = after([["type", "a film go"], ["type", "a film go x"], ["type", "x"]], { rules });
  same(typed.before, "a film");
  same(after([["type", "x"], ["compare from here"]], { rules }).before, null);
});

test("what was before can be put back", () => {
  same(pick(after([["type", "x"], ["put back"]]), "text", "before"), ["a film", null]);
  same(after([["put back"]]), START);
});

test("a chosen text opens where most is to see, or at its end", () => {
  same(pick(after([["type", "x"], ["example", "so it is"]]), "text", "before", "step", "unit", "source"), ["so it is", null, 2, 1, 999_999]);
  same(pick(after([["example", "one two three"]]), "step", "unit"), [2, 0]);
  same(after([["example", "so it is"]], { rules: { ...OTHERS, opens_at_end: true } }).step, 999_999);
  same(pick(after([["example", " "]], { step: 1 }), "text", "before", "step"), [" ", null, 1]);
});

test("plain settings are set, and those that something follows from are not", () => {
  same(pick(after([["set", { step: 7, text: "x", table: true, nothing: 1 }]]), "step", "text", "table", "nothing"), [7, "a film", true, undefined]);
  const context = { source: SOURCE, rules: OTHERS };
  for (const changes of [{ step: "3" }, { step: 1.5 }, { step: -1 }, { step: 1e6 }, { table: 1 }]) same(reduce(START, ["set", changes], context), null);
});

test("gates are held and let go", () => {
  const held = after([["hold", "forget_gate", "1", "all", "2"]]);
  same(held.clamps, "forget_gate 1 t2");
  same(reduce(held, ["release", 0], { source: SOURCE, rules: OTHERS }).clamps, "");
  same(reduce(held, ["release all"], { source: SOURCE, rules: OTHERS }).clamps, "");
  same(reduce(held, ["release", 1], { source: SOURCE, rules: OTHERS }), null);
});

test("a token is dropped, replaced and moved in its text", () => {
  same(pick(after([["drop", 1]], { text: "a good film." }), "text", "before", "step"), ["a film.", "a good film.", 1]);
  same(pick(after([["replace", 1, "bad"]], { text: "a good film." }), "text", "step"), ["a bad film.", 1]);
  same(pick(after([["move", 1, 1]], { text: "a good film." }), "text", "step"), ["a film good.", 2]);
  same(pick(after([["move", 1, 1]]), "text", "step"), ["a film", 1]);
});

test("half of a character is lost, as no encoding can carry it", () => {
  same(after([["type", "a\ud83d"]]).text, "a\ufffd");
});

test("the rest is for the server", () => {
  for (const action of [["undo"], ["redo"], ["task", "python"], ["cell", "gru"], ["preset", 0], ["drop", 2], ["replace", 0, " "], ["toString"], ["type"], ["type", "x".repeat(200_001)], ["hold", "forget_gate", "many", "", ""]]) {
    same(reduce(START, action, { source: SOURCE, rules: OTHERS }), null);
  }
});
