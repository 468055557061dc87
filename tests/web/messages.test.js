// What comes from the server: its arrays, its structure, and the parts that it does not send twice.
import { constantParts } from "../../lstm_viz/web/live/constant_parts.js";
import { at, unpack } from "../../lstm_viz/web/core/payload.js";
import { problems } from "../../lstm_viz/web/live/shape.js";
import { packed } from "./packing.js";
import { close, same, test } from "./testing.js";

test("header and arrays come out as they were put in, whatever the header's length", () => {
  for (const text of ["", "x", "xy", "xyz", "👍🏽 “so”"]) {
    const message = packed({ text }, { a: { shape: [2, 3], values: [0, 1, 2, 3, 4, 5.5] }, none: { shape: [0, 4], values: [] } });
    const { header, arrays } = unpack(message);
    same(header.text, text);
    same(arrays.a.shape, [2, 3]);
    close(at(arrays.a, 1, 2), 5.5);
    same(arrays.none.values.length, 0);
  }
});

test("a message within a larger buffer is read from where it stands", () => {
  const message = packed({ text: "so" }, { a: { shape: [1, 1], values: [2] } });
  const larger = new Uint8Array(message.length + 9);
  larger.set(message, 5);
  close(at(unpack(larger.subarray(5, 5 + message.length)).arrays.a, 0, 0), 2);
});

const SHAPE = {
  text: "text",
  steps: "number",
  linkable: "flag",
  examples: [{ title: "text", "note?": "text" }],
  before: { null: "text" },
  lines: { "*": "number" },
  "more?": "any",
};
const HEADER = { text: "so", steps: 3, linkable: true, examples: [{ title: "One" }], before: null, lines: { a: 1 } };

test("a message that is as it should be gives no sentence, and neither does more than was asked for", () => {
  same(problems(HEADER, SHAPE), []);
  same(problems({ ...HEADER, extra: [], more: null, before: "that", examples: [] }, SHAPE), []);
});

test("each thing that is not as it should be is named with its place", () => {
  const wrong = { ...HEADER, text: 3, steps: null, examples: [{ title: "One" }, { title: true, note: 1 }], before: 0, lines: { a: "1" } };
  delete wrong.linkable;
  same(problems(wrong, SHAPE), [
    "header.text is number, expected text",
    "header.steps is nothing, expected number",
    "header.linkable is missing",
    "header.examples[1].title is flag, expected text",
    "header.examples[1].note is number, expected text",
    "header.before is number, expected text",
    "header.lines.a is text, expected number",
  ]);
  same(problems({ ...HEADER, examples: {}, lines: [] }, SHAPE), [
    "header.examples is named fields, expected a list",
    "header.lines is a list, expected named fields",
  ]);
  same(problems(null, SHAPE), ["header is nothing, expected named fields"]);
});

test("a part that is left out is the one that was held, and what is held is told", () => {
  const parts = constantParts();
  same(parts.has(), {});
  same(parts.complete({ parts: { menu: "1" }, menu: ["a"] }), true);
  same(parts.has(), { menu: "1" });
  const header = { parts: { menu: "1" } };
  same(parts.complete(header), true);
  same(header.menu, ["a"]);
});

test("an answer on its way may still count on the part before the last", () => {
  const parts = constantParts();
  parts.complete({ parts: { menu: "1" }, menu: ["a"] });
  parts.complete({ parts: { menu: "2" }, menu: ["b"] });
  same(parts.has(), { menu: "2" });
  const header = { parts: { menu: "1" } };
  same(parts.complete(header), true);
  same(header.menu, ["a"]);
  same(parts.has(), { menu: "1" });
});

test("what was never held is missed, and what was forgotten is too", () => {
  const parts = constantParts();
  same(parts.complete({ parts: { menu: "1" } }), false);
  parts.complete({ parts: { menu: "1" }, menu: null });
  same(parts.complete({ parts: { menu: "1" } }), true);
  parts.forget();
  same(parts.has(), {});
  same(parts.complete({ parts: { menu: "1" } }), false);
});

test("no more than a few bodies of a part are held", () => {
  const parts = constantParts();
  for (let k = 0; k < 20; k++) parts.complete({ parts: { menu: `${k}` }, menu: k });
  same(parts.complete({ parts: { menu: "3" } }), false);
  same(parts.complete({ parts: { menu: "17" } }), true);
});
