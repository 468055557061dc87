// Clamps as a line of text, what they hold in a run, and holding and letting go. Mirrors ui/settings/holds.py, where
// the line is described, and ui/doing/holding.py. Lines come from the server or from here, so they are read as they are
// written. Where something is refused, the server has the last word, and says why.
// A hold: { quantity, value, units, steps }, value null for each unit's own mean; units and steps: [[first, last], …],
// empty for all.
import { sixDigits } from "../network/readers/six_digits.js";
import { latinDigits, SPACE } from "../network/readers/unicode.js";

const MOST = 24;
const FURTHEST = 999_999;
const LONGEST = 10_000; // characters of a line, see Clamps in ui/settings/kinds.py
const OUTER = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gu");
const AROUND = /^[^\S\ufeff]+|[^\S\ufeff]+$/g; // of a number
const BETWEEN = new RegExp(`[${SPACE},]+`, "u");
const RANGE = /^(\p{Nd}{1,9})(?:[-–](\p{Nd}{1,9}))?$/u;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

export function parse(text) {
  return text ? text.split("~").map(parseOne) : [];
}

export function write(holds) {
  return holds.map(writeOne).join("~");
}

function parseOne(text) {
  const [quantity, value, ...places] = text.split(" ");
  const ranges = (letter) => places.filter((place) => place[0] === letter).flatMap((place) => place.slice(1).split(".").map(parseRange));
  return { quantity, value: value === "mean" ? null : Number(value), units: ranges("u"), steps: ranges("t") };
}

function parseRange(text) {
  const [first, last = first] = text.split("-");
  return [Number(first), Number(last)];
}

function writeOne({ quantity, value, units, steps }) {
  const places = [["u", units], ["t", steps]].filter(([, ranges]) => ranges.length);
  return [quantity, value === null ? "mean" : sixDigits(value), ...places.map(([letter, ranges]) => letter + writeRanges(ranges))].join(" ");
}

function writeRanges(ranges) {
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(".");
}

// A number of ordinary size, to six digits; null for anything else.
export function readValue(text) {
  const plain = latinDigits(text.replaceAll("−", "-").replace(AROUND, ""));
  if (!NUMBER.test(plain)) return null;
  const value = Number(plain);
  return Math.abs(value) > FURTHEST ? null : Number(sixDigits(value)) + 0; // no negative zero
}

// What the form's fields say, "3, 5-8" → [[3, 3], [5, 8]], sorted, without overlaps; [] for "all" or nothing; null for
// what is no range.
export function readRanges(text) {
  const plain = text.replace(OUTER, "");
  if (["", "all"].includes(plain.toLowerCase())) return [];
  const found = [];
  for (const part of plain.split(BETWEEN).filter(Boolean)) {
    const match = RANGE.exec(part);
    if (!match) return null;
    const ends = [match[1], match[2] ?? match[1]].map((digits) => Number(latinDigits(digits)));
    found.push(ends.sort((a, b) => a - b).map((end) => Math.min(end, FURTHEST)));
  }
  const merged = [];
  for (const [first, last] of found.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const before = merged.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

// What the form's fields ask to hold → the clamps then, or null where that is refused.
export function hold(clamps, quantity, value, units, steps) {
  const held = value === "mean" ? null : readValue(value);
  const places = [units, steps].map(readRanges);
  if ((held === null && value !== "mean") || places.includes(null)) return null;
  const added = writeOne({ quantity, value: held, units: places[0], steps: places[1] });
  const there = parse(clamps).map(writeOne);
  if (there.length >= MOST && !there.includes(added)) return null;
  // Of several on one spot the last one holds, so a clamp given again goes to the end.
  const all = [...there.filter((each) => each !== added), added].join("~");
  return all.length > LONGEST ? null : all;
}

// index: in the list → the clamps then, or null where there is no such clamp.
export function release(clamps, index) {
  const there = parse(clamps);
  return index in there ? write(there.filter((_, k) => k !== index)) : null;
}

export function releaseAll() {
  return "";
}

// What a hold holds in a layer of a run, given that layer of the same run without clamps → the engine's clamps; none
// where it does not apply.
export function resolve({ quantity, value, units, steps }, free) {
  const allowed = free.cell.quantities.find(({ name }) => name === quantity);
  if (!allowed || !(quantity in free.values)) return [];
  const size = widthOf(free, quantity);
  const projected = quantity === "hidden_state" && size !== free.units;
  const [low, high] = projected ? [-Infinity, Infinity] : [allowed.low ?? -Infinity, allowed.high ?? Infinity];
  if (value !== null && (value < low || value > high)) return [];
  const [which, when] = [existing(units, size), existing(steps, free.steps)];
  if (!which.length || !when.length) return [];
  const clamp = (at, rows) => ({ quantity, value: at, units: rows, steps: when, layer: free.index, direction: free.direction });
  const each = which.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, k) => first + k));
  if (value !== null) return [clamp(value, each)];
  return each.map((unit) => clamp(Math.min(high, Math.max(low, meanOf(free, quantity, unit))), [unit]));
}

// Where a quantity of a layer is held: (T, H), 1 or 0.
export function heldMask(clamps, quantity, layer) {
  const [steps, units] = [layer.steps, widthOf(layer, quantity)];
  const values = new Float32Array(steps * units);
  for (const clamp of clamps) {
    if (clamp.quantity !== quantity) continue;
    for (const [first, last] of clamp.steps) {
      for (let t = first; t <= last; t++) for (const unit of clamp.units) values[t * units + unit] = 1;
    }
  }
  return { shape: [steps, units], values };
}

// How many units a quantity has: a hidden state may be shown through a projection.
function widthOf({ values, steps }, quantity) {
  return values[quantity].values.length / steps;
}

// The part of ranges that is below a size.
function existing(ranges, size) {
  const all = ranges.length ? ranges : [[0, FURTHEST]];
  return all.filter(([first]) => first < size).map(([first, last]) => [first, Math.min(last, size - 1)]);
}

function meanOf({ values, steps }, quantity, unit) {
  const units = values[quantity].values.length / steps;
  let sum = 0;
  for (let t = 0; t < steps; t++) sum += values[quantity].values[t * units + unit];
  return sum / steps;
}
