// What an edit of a text is, and what it changed.
import { align } from "../../lstm_viz/web/analysis/alignment.js";
import { changeOf, editOf, marksOf } from "../../lstm_viz/web/analysis/edits.js";
import { same, test } from "./testing.js";

const words = (text) => text.split(" ");

function layerOf(rows, direction = "forward") {
  const units = rows[0].length;
  return {
    direction,
    steps: rows.length,
    values: { hidden_state: { shape: [rows.length, units], values: Float32Array.from(rows.flat()) } },
    initial: { hidden_state: new Float32Array(units) },
  };
}

test("a smallest edit is found, and replaced words correspond to what replaced them", () => {
  const { pairs, removed, inserted, afterSpan } = align(words("a good film"), words("a very good film"));
  same([pairs, removed, inserted, afterSpan], [[[0, 0], [1, 2], [2, 3]], [], [1], [1, 2]]);
  const swapped = align(words("a b c d"), words("a x c y d"));
  same([swapped.pairs, swapped.removed, swapped.inserted], [[[0, 0], [1, 1], [2, 2], [3, 4]], [1], [1, 3]]);
  same([swapped.beforeSpan, swapped.afterSpan, swapped.isIdentity], [[1, 3], [1, 4], false]);
});

test("nothing edited is told from something", () => {
  same(align(["a"], ["a"]).isIdentity, true);
  same(align([], []), { pairs: [], removed: [], inserted: [], beforeSpan: [0, 0], afterSpan: [0, 0], isIdentity: true });
  same(align(["a", "b"], ["a"]).afterSpan, [1, 1]);
});

test("an edit too long to compare counts as replaced", () => {
  const some = Array.from({ length: 150 }, (_, k) => `a${k}`);
  const { pairs, removed, inserted } = align([...some, "x"], [...some].reverse().concat("x"));
  same([pairs.length, removed.length, inserted.length], [151, 150, 150]);
});

test("a change is what is now, less what was; a new token shows how far it moves the state, and is marked", () => {
  const before = layerOf([[0.5], [0.25]]);
  const after = layerOf([[0.5], [1], [0.5]]);
  const edit = { alignment: align(words("a c"), words("a b c")), before, after };
  const { array, largest } = changeOf(edit, [0, 1, 2, 3]);
  same([array.shape, [...array.values], largest], [[3, 1], [0, 0.5, 0.25], 0.5]);
  same([...changeOf(edit, [0, 2, 3]).array.values], [0.25, 0.25]);
  same(marksOf({ ...edit, labels: ["a", "c"] }, [0, 1, 2, 3]), [{ kind: "new", start: 1, stop: 2, tokens: [], count: 0 }]);
  const other = { alignment: align(words("a b x c d"), words("a e c")), labels: words("a b x c d") };
  same(marksOf(other, [0, 1, 2, 3]), [
    { kind: "was", start: 1, stop: 2, tokens: ["b"], count: 1 },
    { kind: "gone", start: 2, stop: 2, tokens: ["x"], count: 1 },
    { kind: "gone", start: 3, stop: 3, tokens: ["d"], count: 1 },
  ]);
  const backward = { alignment: edit.alignment, before, after: layerOf([[0.5], [1], [0.25]], "backward") };
  same([...changeOf(backward, [0, 1, 2, 3]).array.values], [0, 0.75, 0]);
});

test("where there is nothing to compare with there is no edit", () => {
  const source = { read: (text) => ({ tokens: text.split(" ").filter(Boolean) }), run: (tokens) => tokens, layer: (trace) => trace };
  const view = (text, before) => ({ source, settings: { before }, reading: source.read(text), trace: text || null, place: 0, layer: words(text) });
  same([editOf(view("a b", null)), editOf(view("a b", "")), editOf(view("a b", "a  b")), editOf(view("", "a"))], [null, null, null, null]);
  same(editOf(view("a b", "a")).alignment.inserted, [1]);
});
