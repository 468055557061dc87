// Text → a row of numbers a step, typed or made by a line such as “sine of period 20”; mirrors tasks/readers/table.py,
// where what cannot be read is told in words, and which also reads rows of a file that the server holds.
import { LINE } from "./numbers.js";
import { probe } from "./probes.js";
import { sixDigits } from "./six_digits.js";
import { isBlank, SPACE } from "./unicode.js";

const NUMBER = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const CELL = new RegExp(`[^,;${SPACE}]+`, "gu");
const END = new RegExp(`[${SPACE}]+$`, "u");

// data: { features, limit, most: the largest number that is read }
export function table({ features, limit, most: largest }) {
  // A row of cells → its token; null where it cannot be read here.
  function row(cells) {
    if (cells.length !== features || !cells.every(({ text }) => NUMBER.test(text) && Math.abs(Number(text)) <= largest)) return null;
    return cells.map(({ text }) => sixDigits(Number(text))).join(", ");
  }
  function made(line) {
    const found = /\brows?[ \t]+[0-9]/i.test(line) ? null : probe(line, features, limit);
    if (!found) return null;
    const where = features === 1 ? "" : found.feature === null ? " …" : ` in ${found.feature}`;
    return found.values.map((value) => sixDigits(value) + where);
  }
  function numbersOf(token) {
    if (token.endsWith(" …")) return Array(features).fill(Number(token.slice(0, -2)));
    const [value, feature] = token.split(" in ");
    if (feature !== undefined) return Array.from({ length: features }, (_, k) => Number(value) * (k === Number(feature)));
    return token.split(", ").map(Number);
  }
  return {
    // The rows of the text; null where part of it cannot be read.
    cut(text) {
      const lines = Array.from(text.replaceAll("−", "-").matchAll(LINE), ({ 0: line, index }) => ({ line, index })).filter(({ line }) => !isBlank(line));
      if (lines.length === 1 && /[A-Za-z]{3}/.test(lines[0].line)) {
        const [{ line, index: start }] = lines;
        return made(line)?.map((token) => ({ text: token, start, stop: start + line.replace(END, "").length })) ?? null;
      }
      let rows = lines.map(({ line, index }) => cellsOf(line, index)).filter((cells) => cells.length);
      if (rows.length && !rows[0].some(({ text: cell }) => NUMBER.test(cell))) rows = rows.slice(1); // the columns' names
      if (features === 1 && rows.length === 1) rows = rows[0].map((cell) => [cell]);
      const found = rows.map((cells) => ({ text: row(cells), start: cells[0].start, stop: cells[cells.length - 1].stop }));
      return found.every((token) => token.text !== null) ? found : null;
    },
    show(token) {
      const [first, ...more] = token.split(", ");
      return more.length ? `${first} …` : first.split(" ")[0];
    },
    unknown: (tokens) => tokens.map(() => false),
    encode(tokens) {
      return { shape: [tokens.length, features], values: Float32Array.from(tokens.flatMap(numbersOf)) };
    },
  };
}

function cellsOf(line, start) {
  return Array.from(line.matchAll(CELL), ({ 0: text, index }) => ({ text, start: start + index, stop: start + index + text.length }));
}
