// What the memory ledger counts; mirrors `ledger_numbers` of ui/pages/ledger/view.py.
import { attentionAt, largestShare } from "../../analysis/attention.js";
import { aggregate, columns } from "../../analysis/aggregate.js";
import { axis } from "../../analysis/axis.js";
import { largest } from "../../analysis/followed.js";
import { byColumn, courseOf, halfLife, inOrder, leftAt, recurrence } from "../../analysis/ledger.js";
import { limits, roundUp, size } from "../../analysis/limits.js";
import { readout, saidAfter } from "../../analysis/readout.js";
import { splitOutput } from "../../analysis/split.js";
import { commonNumbers } from "../../network/view.js";

const PICTURES = 4; // of a run that are remembered: they do not change with the step
const known = new WeakMap(); // layer → unit, or null for all → its picture

// view: see network/view.js → { header, arrays }; where there is no run or no memory, what all pages count
export function numbers(view) {
  const { header, arrays } = commonNumbers(view);
  if (!counts(view)) return { header, arrays };
  const { trace: { labels }, layer: { units } } = view;
  const edges = columns(labels.length);
  const found = chosen(view);
  const order = Array.from({ length: edges.length - 1 }, (_, column) => column);
  return { header: { ...header, axis: axis(view, edges), steps: labels.length, order, units, ...found.header }, arrays: { ...arrays, ...found.arrays } };
}

// What follows from the chosen step, source and unit.
export function chosen(view) {
  if (!counts(view)) return { header: {}, arrays: {} };
  const { source: { answersFrom }, settings: { overall }, trace, layer, place, unit } = view;
  const memory = recurrence(view.source, layer);
  const edges = columns(trace.labels.length);
  const mine = picture(layer, memory, edges, unit);
  const drawn = overall ? picture(layer, memory.sizes(), edges, null) : mine;
  const end = roundUp(drawn.largest);
  const header = {
    overall,
    scale: { limits: [overall ? 0 : -end, end], reach: limits(layer, memory.name)[1] },
    chosen: part(view, memory),
    split: null,
  };
  const { row, ...shown } = attention(view, memory, edges);
  header.attention = row;
  const arrays = { ...shown, map: drawn.parts, unit: mine.parts, memory: aggregate(recorded(memory, unit), edges), initial: drawn.initial };
  if (!answersFrom(place) || layer.values.hidden_state.shape[1] !== layer.units) return { header, arrays };
  const { parts, ...shares } = split(view, memory);
  header.split = shares;
  arrays.split = summed(parts, edges);
  return { header, arrays };
}

function counts({ source, trace }) {
  return Boolean(trace && source.cell.memory);
}

function picture(layer, memory, edges, unit) {
  if (!known.has(layer)) known.set(layer, new Map());
  const pictures = known.get(layer);
  if (!pictures.has(unit)) pictures.set(unit, byColumn(memory, edges, unit));
  if (pictures.size > PICTURES) pictures.delete(pictures.keys().next().value);
  return pictures.get(unit);
}

function recorded({ steps, units, recorded: values }, unit) {
  return { shape: [steps], values: Float32Array.from({ length: steps }, (_, step) => values[step * units + unit]) };
}

// The chosen part of a unit's memory, and its numbers.
function part({ settings, trace: { labels }, step, unit }, memory) {
  const left = leftAt(memory, step, unit);
  const source = settings.source < memory.steps ? settings.source : mostAt(settings.overall ? leftAt(memory.sizes(), step) : left);
  const course = courseOf(memory, source, unit);
  const unread = inOrder(memory, source) > inOrder(memory, step);
  const numbers = {
    added: course[0],
    share: unread ? "unread" : course[0] ? left.parts[source] / course[0] : "undefined",
    left: left.parts[source],
    halfLife: halfLife(course) ?? "never",
    together: left.parts.reduce((sum, each) => sum + each, left.initial),
    recorded: memory.recorded[step * memory.units + unit],
  };
  return { step, source, unit, token: labels[step], sourceToken: labels[source], numbers };
}

// The memory at the chosen step as a weighted sum: of the unit, or means over all.
function attention({ source, settings: { overall }, layer, step, unit }, memory, edges) {
  const of = overall ? null : unit;
  const { weights, contents, initial } = attentionAt(source, layer, memory, step, of);
  const drawn = summed(weights, edges);
  const end = roundUp(Math.max(largestShare(source, layer, memory, of), size(drawn.values)));
  const { candidate } = source.cell;
  const far = roundUp(size(contents));
  const row = { total: weights.reduce((sum, each) => sum + each, 0), initial, end, reach: candidate ? limits(layer, candidate) : [-far, far] };
  return overall ? { row, weights: drawn } : { row, weights: drawn, contents: aggregate({ shape: [contents.length], values: Float32Array.from(contents) }, edges) };
}

// The step that most of a memory comes from.
function mostAt({ parts }) {
  return largest(parts.map(Math.abs));
}

// The answer after the chosen step, split.
function split({ source, trace, layer, place, step }, memory) {
  const row = saidAfter(source, trace, step);
  const number = readout(source, row);
  const found = splitOutput(source, layer, place, memory, number, step);
  const end = roundUp(found.parts.reduce((most, each) => Math.max(most, Math.abs(each)), 0));
  return { ...found, labels: number.labels, end, prediction: row[number.column] };
}

// The sums of the steps of each column.
function summed(parts, edges) {
  const values = Float32Array.from({ length: edges.length - 1 }, (_, column) => parts.subarray(edges[column], edges[column + 1]).reduce((sum, each) => sum + each, 0));
  return { shape: [values.length], values };
}
