// What a tab keeps for itself, and what it makes of it when it is loaded again.
import { forgetMemory, missing, recall, remember } from "../../lstm_viz/web/live/tab_memory.js";
import { same, test } from "./testing.js";

function storage() {
  const kept = new Map();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => void kept.set(name, text), removeItem: (name) => void kept.delete(name) };
}
const full = { getItem: () => null, setItem: () => { throw new Error("quota"); }, removeItem: () => {} };
const MEMORY = { at: ["?step=1", "?step=2"], place: "main", query: "text=so&step=2", text: "so", actions: [["type", "so good"]] };

test("a view is recalled at its own addresses and at no other", () => {
  const tab = storage();
  same(remember(MEMORY, tab), true);
  same(recall("?step=1", tab), MEMORY);
  same(recall("?step=2", tab), MEMORY);
  same(recall("?step=3", tab), null);
  forgetMemory(tab);
  same(recall("?step=1", tab), null);
});

test("a browser that keeps nothing, or something else, is no reason to fail", () => {
  same(remember(MEMORY, full), false);
  same(remember(MEMORY, null), false);
  same(recall("?step=1", null), null);
  forgetMemory(null);
  const tab = storage();
  for (const text of ["junk", "{}", "null", '{"at": 3}']) {
    tab.setItem("lstm-viz-view", text);
    same(recall("?step=1", tab), null);
  }
});

test("what was not answered is done again, on the text that it was done on", () => {
  same(missing(null, { place: "main", text: "so" }), []);
  const { place, query } = MEMORY;
  const all = [["restore", { query, text: "so", past: [], future: [] }], ["type", "so good"]];
  same(missing(MEMORY, { place, text: "so", query }), [["type", "so good"]]);
  same(missing(MEMORY, { place, text: "The first example.", query }), all);
  same(missing(MEMORY, { place, text: "so", query: "text=so" }), all);
});

test("what was not answered on one page is nothing for a lesson's view, nor for another step of it", () => {
  same(missing(MEMORY, { place: "lessons", text: "so", query: MEMORY.query }), []);
  same(missing(MEMORY, { place: "main", text: "so", query: "lesson=mine&at=2" }), []);
  const step = { ...MEMORY, place: "lessons", query: "lesson=mine&at=2" };
  same(missing(step, { place: "lessons", text: "so", query: "lesson=mine&at=2" }), step.actions);
});
