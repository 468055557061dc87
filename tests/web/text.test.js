// Numbers as text, texts compared, blanks and labels: all that needs no document.
import { number, power, probability, ranges, readable } from "../../lstm_viz/web/core/format.js";
import { historyKey, neighbour } from "../../lstm_viz/web/core/keys.js";
import { endOfChange, isLong } from "../../lstm_viz/web/core/text.js";
import { shortened } from "../../lstm_viz/web/draw/axis.js";
import { linesOf, signed } from "../../lstm_viz/web/parts/blanks.js";
import { same, test } from "./testing.js";

test("numbers have a real minus sign and no minus nought", () => {
  same([number(-0.001), number(0.005, 3), number(-1.5, 1), number(123456.7)], ["0.00", "0.005", "−1.5", "1.23e+5"]);
});

// As the examples of `probability` in words/answers.py; test_readers.py holds the two against each other.
test("a probability says 0 and 1 only where that is exact", () => {
  same([0, 0.001, 0.42, 0.999, 1].map(probability), ["0", "under 0.01", "0.42", "over 0.99", "1"]);
});

test("a logarithm is read as what it is the logarithm of", () => {
  same([readable(-6.62, true), readable(0, true), readable(-Infinity, true), readable(NaN, true)], ["2.4×10⁻⁷", "1", "0", "–"]);
  same([power(-12), power(0), readable(NaN, false)], ["10⁻¹²", "1", "–"]);
  same(readable(-5.0000001, true), "1×10⁻⁵");
});

test("whole numbers are listed as ranges, whatever their order", () => {
  same(ranges([8, 3, 6, 5, 7]), "3, 5-8");
  same(ranges([]), "");
});

test("a change ends where the rest is as before", () => {
  same(endOfChange("The film", "The good film"), 9);
  same(endOfChange("The good film", "The film"), 4);
  same(endOfChange("aaa", "aaaa"), 4);
  same(endOfChange("", "so"), 2);
  same(endOfChange("so", "so"), 2);
});

test("a long text is known without reading it", () => {
  const most = { lines: 100, characters: 20000 };
  same(isLong("\n".repeat(100), most), true);
  same(isLong("\n".repeat(99), most), false);
  same(isLong("x".repeat(20001), most), true);
  same(isLong("", most), false);
});

test("a line keeps its end, and a text that ends with one has an empty line more", () => {
  same(linesOf("a b\n\nc"), ["a b\n", "\n", "c"]);
  same(linesOf("a\n"), ["a\n", ""]);
  same(linesOf(""), [""]);
});

test("blanks that follow each other are one piece, with a sign each", () => {
  same(signed("a  b\t\n"), [["a", ""], ["  ", "··"], ["b", ""], ["\t", "⇥"], ["", "↵"]]);
  same(signed("x"), [["x", ""]]);
});

test("however many blanks there are, few pieces are drawn", () => {
  const one = linesOf(" ".repeat(32000));
  same(one.length, 1);
  same(signed(one[0]).length, 1);
  const alternating = linesOf("a ".repeat(50000));
  same(signed(alternating[0]).length <= 10000, true);
  same(linesOf("\n".repeat(100000)).length, 400);
});

test("a label shows its first token, and of a long one its beginning", () => {
  same(shortened("The … film"), "The");
  same(shortened("x".repeat(14)), "x".repeat(14));
  same(shortened("x".repeat(20000)), `${"x".repeat(13)}…`);
  same(shortened("👍".repeat(15)), `${"👍".repeat(13)}…`);
});

test("keys for undo and redo, on every system", () => {
  const key = (name, held = {}) => historyKey({ key: name, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });
  same([key("z", { ctrlKey: true }), key("z", { metaKey: true }), key("Z", { ctrlKey: true, shiftKey: true }), key("y", { ctrlKey: true })], ["undo", "undo", "redo", "redo"]);
  same([key("z"), key("z", { ctrlKey: true, altKey: true }), key("a", { ctrlKey: true })], ["", "", ""]);
});

test("the arrow keys stop at the ends", () => {
  const state = { header: { steps: 3, order: [2, 0, 1] }, step: 2, unit: 0 };
  same(neighbour(state, { step: 1 }), [2, 0]);
  same(neighbour(state, { step: -1, row: 1 }), [1, 1]);
  same(neighbour(state, { row: -5 }), [2, 2]);
});
