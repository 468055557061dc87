// Text → tokens, in the cases that one can judge by eye; test_readers.py holds them against Python's in thousands.
import { readerOf } from "../../lstm_viz/web/network/readers/reader.js";
import { sixDigits } from "../../lstm_viz/web/network/readers/six_digits.js";
import { anyCase, isBlank, isSpace } from "../../lstm_viz/web/network/readers/unicode.js";
import { same, test } from "./testing.js";

const KEY = { marks: { "’": "'", "“": "``", "”": "''" }, alone: { "’": "'" }, digits: "" };
const words = (vocabulary = ["<unk>", "good"], key = KEY) => readerOf({ kind: "words", noun: "words", key }, vocabulary);
const characters = (skips_space, vocabulary = ["<unk>", "a"]) => readerOf({ kind: "characters", noun: "characters", skips_space }, vocabulary);
const DEGREES = { units: { C: { scale: 1, shift: 0 }, F: { scale: 1.8, shift: 32 } }, marks: false, centre: 15, spread: 10, most: 1e6 };
const numbers = (change = {}) => readerOf({ kind: "numbers", noun: "days", ...DEGREES, ...change }, null);
const tokens = (reader, text) => reader.read(text, 1000).tokens;
const places = (reader, text) => reader.read(text, 1000).spans.map(([start, stop]) => text.slice(start, stop));

test("English is cut as treebanks cut it", () => {
  const cut = (text) => tokens(words(), text).join(" ");
  same(cut("It isn’t \"funny\", or cannot be."), "It is n’t “ funny ” , or can not be .");
  same(cut("Mr. Smith of the U.S. army; 1,000 '70s films..."), "Mr. Smith of the U.S. army ; 1,000 '70s films ...");
  same(cut("a -LRB- dull -rrb- clichés' 👍🏽"), "a ( dull ) clichés ’ 👍 🏽");
});

test("a word is where it stands in the text, in the browser's units", () => {
  same(places(words(), "👍 isn't “ok”"), ["👍", "is", "n't", "“", "ok", "”"]);
});

test("a word is spelt as the vocabulary has it, and what is left of nothing is not read", () => {
  same([...words().encode(["Good", "bad"])], [1, 0]);
  same(words().unknown(["GOOD", "bad"]), [false, true]);
  const question = words(["<unk>", "00"], { marks: { "’": "" }, alone: {}, digits: "0" });
  same(tokens(question, "' 25"), ["25"]);
  same([...question.encode(["٢5"])], [1]);
});

test("characters are read one by one, line ends of any system as one", () => {
  same(tokens(characters(false), "a\r\nb\rc👍\n"), ["a", "\n", "b", "\n", "c", "👍", "\n"]);
  same(places(characters(false), "a\r\n👍"), ["a", "\r\n", "👍"]);
  same(tokens(characters(true), "a \x1c\u2003\nb\ufeff"), ["a", "b", "\ufeff"]);
});

test("what leaves no ink has a sign", () => {
  same([" ", "\n", "\t", "\x00", "\u200b", "\ud800", "a", "👍"].map(characters(false).show), ["␣", "↵", "⇥", "U+0000", "U+200B", "U+D800", "a", "👍"]);
});

test("numbers are read however they are separated", () => {
  same(tokens(numbers(), "−1.5 -2 +3 .5 4.\n12 °C, 50F"), ["-1.5", "-2", "3", "0.5", "4", "12", "10"]);
  same(tokens(numbers(), "٣.٥ 𝟙𝟚"), ["3.5", "12"]);
  same(tokens(numbers(), "day,high\nMon,3\nTue,15.0"), ["3", "15"]);
  same(places(numbers(), "59F, 50 °F\n−3 ° C"), ["59F", "50 °F", "−3 ° C"]);
});

test("one number that cannot be read leaves none", () => {
  for (const text of ["1, 2x", "1e99", "4 K", "0.5*", "a,b\n1,2", "day,high\nMon,3\nTue", "nan", ""]) {
    same(numbers().read(text, 9), { text, limit: 9, tokens: [], spans: [], readable: false });
  }
  same(numbers().read("1 2 3", 2), { text: "1 2 3", limit: 2, tokens: ["1", "2"], spans: [[0, 1], [2, 3]], readable: true });
});

test("what the network reads of numbers, and their marks", () => {
  const { shape, values } = numbers({ marks: true }).encode(["25", "5*"]);
  same([shape, [...values]], [[2, 2], [1, 0, -1, 1]]);
  same(numbers().encode(["25"]).shape, [1, 1]);
  same(numbers().unknown(["-5", "0", "10", "11*"], [0, 10]), [true, false, false, true]);
});

test("six digits are Python's", () => {
  const written = { 0: "0", 0.1: "0.1", 100000: "100000", 1000000: "1e+06", 0.0001: "0.0001", 0.00001: "1e-05", 123456.5: "123456", 123457.5: "123458", 1.0000005: "1", 999999.5: "1e+06" };
  for (const [value, text] of Object.entries(written)) same(sixDigits(Number(value)), text);
  same([sixDigits(-0), sixDigits(-12.5), sixDigits(1000.125)], ["-0", "-12.5", "1000.12"]);
});

test("a text is read once, and again for another limit or after many others", () => {
  const reader = numbers();
  const first = reader.read("1 2 3", 2);
  same(reader.read("1 2 3", 2) === first, true);
  same(reader.read("1 2 3", 3).tokens, ["1", "2", "3"]);
  for (let k = 0; k < 20; k++) reader.read(String(k), 3);
  const again = reader.read("1 2 3", 3);
  same([again.tokens.length, again === first], [3, false]);
});

test("space and case are Python's", () => {
  same(["\x1c", "\x85", "\u3000", "\ufeff", "\u200b"].map(isSpace), [true, true, true, false, false]);
  same(["", " \x85", "\ufeff"].map(isBlank), [true, true, false]);
  same(["tis", "TıS", "tİſ", "tas"].map((word) => new RegExp(`^${anyCase("tis")}$`, "u").test(word)), [true, true, true, false]);
});
