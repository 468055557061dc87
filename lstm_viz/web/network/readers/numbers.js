// Text → numbers: separated by commas, spaces or lines, or pasted as the column of a table; mirrors
// tasks/readers/numbers.py, where what cannot be read is told in words.
import { sixDigits } from "./six_digits.js";
import { latinDigits, SPACE } from "./unicode.js";

const NUMBER = /^([+-]?(?:\p{Nd}+\.?\p{Nd}*|\.\p{Nd}+)(?:[eE][+-]?\p{Nd}+)?)(\*?)(?:°?([A-Za-zİıſ\u212a]))?$/u;
const SPACED_UNIT = /(?<=[\p{Nd}.])[ \t]*°[ \t]*(?=[A-Za-z])|(?<=[\p{Nd}.])[ \t]+(?=[A-Za-z](?![A-Za-z]))/gu;
const CELL = new RegExp(`[^,;${SPACE}]+`, "gu");
export const LINE = /[^\n\v\f\r\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]|$)/gu;

// data: { units: letter → { scale, shift }, marks, centre, spread, most }
export function numbers({ units, marks, centre, spread, most: largest }) {
  // A cell of the text → its token; null where it is none that can be read here.
  function read(cell) {
    const match = NUMBER.exec(cell);
    if (!match) return null;
    const [, digits, mark, letter] = match;
    const unit = letter?.toUpperCase();
    if ((unit && !Object.hasOwn(units, unit)) || (mark && !marks)) return null;
    const typed = Number(latinDigits(digits));
    const value = unit ? (typed - units[unit].shift) / units[unit].scale : typed;
    return Math.abs(value) > largest ? null : sixDigits(value) + mark;
  }
  const valueOf = (token) => Number(token.replace(/\*+$/, ""));
  return {
    // The numbers of the text; null where part of it cannot be read.
    cut(text) {
      const cells = inColumn(rows(text.replaceAll("−", "-")))?.flat();
      const found = cells?.map(({ text: cell, start, stop }) => ({ text: read(cell), start, stop }));
      return found?.every((token) => token.text !== null) ? found : null;
    },
    show: (token) => token,
    // known: [lowest, highest] number of the training data
    unknown: (tokens, [low, high]) => tokens.map((token) => !(low <= valueOf(token) && valueOf(token) <= high)),
    encode(tokens) {
      const features = marks ? 2 : 1;
      const values = new Float32Array(tokens.length * features);
      tokens.forEach((token, step) => {
        values[step * features] = (valueOf(token) - centre) / spread;
        if (marks) values[step * features + 1] = token.endsWith("*") ? 1 : 0;
      });
      return { shape: [tokens.length, features], values };
    },
    values: (tokens) => tokens.map(valueOf),
    marked: (tokens) => tokens.flatMap((token, step) => (token.endsWith("*") ? [step] : [])),
  };
}

// For each line that has any, its cells with their places in the text.
function rows(text) {
  const found = [];
  for (const { 0: line, index } of text.matchAll(LINE)) {
    const cells = cellsOf(line, index);
    if (cells.length) found.push(cells);
  }
  return found;
}

// The parts of a line; a unit after a space belongs to its number.
function cellsOf(line, start) {
  let [joined, last] = ["", 0];
  const shifts = []; // [where the text goes on after a gap, how much is missing from there on]
  for (const { 0: gap, index } of line.matchAll(SPACED_UNIT)) {
    joined += line.slice(last, index);
    last = index + gap.length;
    shifts.push([joined.length, last - joined.length]);
  }
  joined += line.slice(last);
  const place = (at) => start + at + (shifts.findLast(([from]) => from <= at)?.[1] ?? 0);
  return Array.from(joined.matchAll(CELL), ({ 0: cell, index }) => ({
    text: cell,
    start: place(index),
    stop: place(index + cell.length - 1) + 1,
  }));
}

// Below a head, the one column that holds numbers; null for a table in which that cannot be told.
function inColumn(found) {
  const isNumber = ({ text }) => NUMBER.test(text);
  if (found.length < 2 || found[0].some(isNumber)) return found;
  const body = found.slice(1);
  const width = body[0].length;
  if (width === 1) return body;
  const numeric = body[0].flatMap((cell, column) => (isNumber(cell) ? [column] : []));
  if (numeric.length !== 1 || body.some((cells) => cells.length !== width)) return null;
  return body.map((cells) => [cells[numeric[0]]]);
}
