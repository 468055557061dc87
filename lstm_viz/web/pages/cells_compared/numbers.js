// What follows from the text by arithmetic, for all cells side by side; mirrors Comparison.numbers of
// ui/pages/cells_compared/comparison.py, and what figures/cells_compared.py draws. `view.others`: cell → its view.
import { aggregate, columns } from "../../analysis/aggregate.js";
import { axis } from "../../analysis/axis.js";
import { followed } from "../../analysis/followed.js";
import { roundUp, size } from "../../analysis/limits.js";
import { rowOf } from "../../analysis/rows.js";
import { commonNumbers } from "../../network/view.js";

export function numbers(view) {
  const common = commonNumbers(view);
  const views = Object.entries(view.others);
  const [[, first]] = views;
  if (!first.trace) return common;
  const edges = columns(first.trace.labels.length);
  const lines = linesOf(views);
  const arrays = {};
  for (const [cell, { layer }] of views) {
    arrays[cell] = aggregate(layer.values.hidden_state, edges);
    arrays[`${cell}.answer`] = aggregate(lines.said[cell], edges);
  }
  const header = {
    axis: axis(first, edges),
    steps: first.trace.labels.length,
    units: first.layer.units,
    answer: answerOf(first.source, lines),
    limits: Object.fromEntries(views.map(([cell, { layer }]) => [cell, limitsOf(layer)])),
  };
  return { header: { ...common.header, ...header }, arrays: { ...common.arrays, ...arrays } };
}

// Nothing here follows the chosen step: it is marked where it is.
export function chosen({ settings }) {
  return { header: { chosen: { step: settings.step, unit: settings.unit } }, arrays: {} };
}

// What is held against PyTorch's own.
export function layers({ others }) {
  return Object.fromEntries(Object.entries(others).map(([cell, { layer }]) => [cell, layer]));
}

// said: cell → (T, 1), what it says after every step of what is followed; where networks guess the next symbol, what
// each had given to the one that came, before it came.
function linesOf(views) {
  const [[, { source, trace }]] = views;
  const { about, labels } = source;
  if (about.classifier && about.labels === null) return { name: "P(what came)", said: each(views, toWhatCame) };
  const column = followed(source, rowOf(source.predictions(trace), trace.labels.length - 1));
  const said = each(views, (own, step, { source: { labels: names } }) => own[step * names.length + column]);
  return { name: about.classifier ? `P(${labels[column]})` : labels[column], said };
}

// pick(predictions, step, view) → a number
function each(views, pick) {
  return Object.fromEntries(views.map(([cell, view]) => {
    const { values, shape: [steps] } = view.source.predictions(view.trace);
    return [cell, { shape: [steps, 1], values: Float32Array.from({ length: steps }, (_, step) => pick(values, step, view)) }];
  }));
}

// NaN at the first step, and for symbols that are unknown.
function toWhatCame(values, step, { source, reading }) {
  const came = source.vocabulary.indexOf(reading.tokens[step]) - 1; // the vocabulary begins with what stands for unknown
  return step && came >= 0 ? values[(step - 1) * source.labels.length + came] : NaN;
}

function answerOf({ about }, { name, said }) {
  const title = name + (about.unit && `, ${about.unit}`);
  if (about.classifier) return { title, low: 0, high: 1 };
  const values = Object.values(said).flatMap((line) => [...line.values]);
  const [low, high] = [Math.floor(Math.min(...values)), Math.ceil(Math.max(...values))];
  return { title, low, high: Math.max(high, low + 1) };
}

function limitsOf({ cell, values: { hidden_state: { values } } }) {
  const { share } = cell.quantities.find(({ name }) => name === "hidden_state");
  if (share) return [0, 1];
  const end = roundUp(size(values));
  return [-end, end];
}
