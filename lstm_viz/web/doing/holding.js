// Clamps as a line of text, what they hold in a run, and holding and letting go. Mirrors ui/settings/holds.py, where
// the line is described, and ui/doing/holding.py; why something is refused is said in words by the server.
// A hold: { quantity, value, units, steps }, value null for each unit's own mean; units and steps: [[first, last], …],
// empty for all.

const MOST = 24;
const FURTHEST = 999_999;
const LONGEST = 10_000; // characters of a line, see Clamps in ui/settings/kinds.py
// What Python takes for a blank, which is not what \s does.
const BLANK = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const OUTER = new RegExp(`^${BLANK}+|${BLANK}+$`, "g");
const BLANKS = new RegExp(`${BLANK}+`, "g");
const BETWEEN = new RegExp(`[=@,]${BLANK}*|${BLANK}+`, "g");
const IN_ADDRESS = new RegExp(`(?:${BLANK}|[.,])+`);
const IN_FORM = new RegExp(`(?:${BLANK}|,)+`);
const RANGE = /^(\p{Nd}{1,9})(?:[-–](\p{Nd}{1,9}))?$/u;
const NUMBER = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;

// text → every hold that can be read in it. known: names of what can be held in any cell.
export function parse(text, known) {
  const found = new Map();
  for (const part of text.split(/[~;|\n]/)) {
    const hold = parseOne(part, known);
    if (hold && !found.has(writeOne(hold))) found.set(writeOne(hold), hold);
  }
  return [...found.values()].slice(0, MOST);
}

export function write(holds) {
  return holds.map(writeOne).join("~");
}

function writeOne({ quantity, value, units, steps }) {
  const places = [["u", units], ["t", steps]].filter(([, ranges]) => ranges.length);
  return [quantity, value === null ? "mean" : shortest(value), ...places.map(([letter, ranges]) => letter + writeRanges(ranges))].join(" ");
}

function writeRanges(ranges) {
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(".");
}

function parseOne(text, known) {
  const [quantity, at, ...rest] = text.replace(BETWEEN, " ").replace(OUTER, "").split(BLANKS);
  if (!known.includes(quantity) || at === undefined) return null;
  const value = at === "mean" ? null : readValue(at);
  if (value === null && at !== "mean") return null;
  const places = {};
  // "u3, 5-8" may have been typed with spaces: what has no letter of its own goes on with the one before.
  for (const [, letter, body] of rest.join(" ").matchAll(/([ut])([^ut]*)/g)) {
    places[letter] = readRanges(body, true);
    if (!places[letter]) return null;
  }
  if (rest.length && !Object.keys(places).length) return null;
  return { quantity, value, units: places.u ?? [], steps: places.t ?? [] };
}

// A number of ordinary size, to six digits; null for anything else.
export function readValue(text) {
  const plain = ascii(text.replaceAll("−", "-").replace(OUTER, ""));
  if (!NUMBER.test(plain)) return null;
  const value = Number(plain.replaceAll("_", ""));
  return Math.abs(value) > FURTHEST ? null : Number(sixDigits(value)) + 0; // no negative zero
}

// "3, 5-8" → [[3, 3], [5, 8]], sorted, without overlaps; [] for "all" or nothing; null for what is no range.
// dots: whether they separate, as in an address; in a form, 3.5 is no unit.
export function readRanges(text, dots = false) {
  const plain = text.replace(OUTER, "");
  if (["", "all"].includes(plain.toLowerCase())) return [];
  const found = [];
  for (const part of plain.split(dots ? IN_ADDRESS : IN_FORM).filter(Boolean)) {
    const match = RANGE.exec(part);
    if (!match) return null;
    const ends = [match[1], match[2] ?? match[1]].map((digits) => Number(ascii(digits)));
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

// What the form's fields ask to hold → the clamps then, or null where the server says why not.
export function hold(clamps, known, quantity, value, units, steps) {
  const held = value === "mean" ? null : readValue(value);
  const places = [units, steps].map((given) => readRanges(given));
  if ((held === null && value !== "mean") || places.includes(null)) return null;
  const added = { quantity, value: held, units: places[0], steps: places[1] };
  const there = parse(clamps, known);
  const others = there.filter((each) => writeOne(each) !== writeOne(added));
  if (there.length >= MOST && others.length === there.length) return null;
  // Of several on one spot the last one holds, so a clamp given again goes to the end.
  return write(parse(write([...others, added]).slice(0, LONGEST), known));
}

// index: in the list → the clamps then, or null where there is no such clamp.
export function release(clamps, known, index) {
  const there = parse(clamps, known);
  return index in there ? write(there.filter((_, k) => k !== index)) : null;
}

export function releaseAll() {
  return "";
}

// What a hold holds in a layer of a run, given that layer of the same run without clamps → the engine's clamps; none
// where it does not apply.
export function resolve({ quantity, value, units, steps }, free) {
  const allowed = free.cell.quantities.find(({ name, role }) => name === quantity && (role === "gate" || role === "candidate"));
  if (!allowed) return [];
  const [low, high] = [allowed.low ?? -Infinity, allowed.high ?? Infinity];
  if (value !== null && (value < low || value > high)) return [];
  const [which, when] = [existing(units, free.units), existing(steps, free.steps)];
  if (!which.length || !when.length) return [];
  const clamp = (at, rows) => ({ quantity, value: at, units: rows, steps: when, layer: free.index, direction: free.direction });
  const each = which.flatMap(([first, stop]) => Array.from({ length: stop - first }, (_, k) => first + k));
  if (value !== null) return [clamp(value, each)];
  return each.map((unit) => clamp(Math.min(high, Math.max(low, meanOf(free, quantity, unit))), [unit]));
}

// Where a quantity of a layer is held: (T, H), 1 or 0.
export function heldMask(clamps, quantity, { steps, units }) {
  const values = new Float32Array(steps * units);
  for (const clamp of clamps) {
    if (clamp.quantity !== quantity) continue;
    for (const [first, stop] of clamp.steps) {
      for (let t = first; t < stop; t++) for (const unit of clamp.units) values[t * units + unit] = 1;
    }
  }
  return { shape: [steps, units], values };
}

// The ranges' part below a size, as [first, past the last] pairs.
function existing(ranges, size) {
  if (!ranges.length) return size ? [[0, size]] : [];
  return ranges.filter(([first]) => first < size).map(([first, last]) => [first, Math.min(last + 1, size)]);
}

function meanOf({ values, steps, units }, quantity, unit) {
  let sum = 0;
  for (let t = 0; t < steps; t++) sum += values[quantity].values[t * units + unit];
  return sum / steps;
}

// Decimal digits of any script as those that Number reads: each script has its ten in a row.
function ascii(text) {
  return text.replace(/[^\x00-\x7f]/gu, (letter) => {
    if (!/\p{Nd}/u.test(letter)) return letter;
    let first = letter.codePointAt(0);
    while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
    return String((letter.codePointAt(0) - first) % 10);
  });
}

// A number to six digits, half-way cases to the even one.
function sixDigits(value) {
  const rounded = value.toPrecision(6);
  const exact = value.toPrecision(100);
  const [digits] = exact.replace("-", "").replace(".", "").replace(/^0+/, "").split("e");
  if (!/^\d{6}50*$/.test(digits) || Number(digits[5]) % 2) return rounded;
  const down = Math.abs(value) - Math.abs(Number(rounded) - value);
  return (Math.sign(value) * down).toPrecision(6);
}

// A number of no more than six digits as Python's %.6g writes it.
function shortest(value) {
  if (!value || Math.abs(value) >= 1e-4) return String(value);
  const [digits, power] = value.toExponential().split("e-");
  return `${digits}e-${power.padStart(2, "0")}`;
}
