// The numbers of Inside the cell, made in the browser: of the chosen step, and the states of the steps around it for the
// chain. Mirrors `inside_numbers` of ui/pages/inside/view.py, which sends those of every step around the chosen one.
import { furthest } from "../../analysis/furthest.js";
import { saidAfter } from "../../analysis/readout.js";
import { largest } from "../../analysis/followed.js";
import { limits, roundUp, size } from "../../analysis/limits.js";
import { byQuantity, stepNumbers } from "../../analysis/step_numbers.js";
import { commonNumbers } from "../../network/view.js";

const [WINDOW, WHOLE, PACE] = [200, 240, 50]; // steps of the chain: as many of a long text; all of one of so many; a move

export function numbers(view) {
  const { header, arrays } = commonNumbers(view);
  const { shown, units: whole } = view.source.about;
  // Behind a projection no number is one unit's alone.
  if (!view.trace || shown !== whole) return { header, arrays };
  const here = chosen(view);
  const { source, place, layer, trace } = view;
  return {
    header: { ...header, steps: trace.labels.length, units: layer.units, ...here.header, limits: endsOf(view) },
    arrays: { ...arrays, ...here.arrays, ...weightsOf(source, place) },
  };
}

// What follows the chosen step: of the states a row for each step of the chain, of everything else one row.
export function chosen(view) {
  const { source, place, layer, trace, step, unit } = view;
  const [first, stop] = windowOf(step, layer.steps);
  const rowsOf = ({ shape: [, width], values }, from, to) => ({ shape: [to - from, width], values: values.subarray(from * width, to * width) });
  const here = stepNumbers(...given(view), step, step + 1);
  const arrays = { inputs: rowsOf(source.inputs(trace, place), step, step + 1) };
  for (const name of here.names) arrays[name] = { shape: [1, layer.units], values: here.values(name) };
  for (const name of layer.quantities) arrays[name] = rowsOf(layer.values[name], first, stop);
  for (const line of here.lines()) arrays[`digits ${line.quantity}`] = { shape: [1, layer.units], values: packed(line) };
  const header = {
    chosen: { step, unit },
    backward: layer.direction === "backward",
    first,
    labels: trace.labels.slice(first, stop),
    unknown: source.unknown(trace.tokens.slice(first, stop)).flatMap((unknown, k) => (unknown ? [k] : [])),
    rows: source.vocabulary ? [...source.reader.encode(trace.tokens.slice(first, stop))] : [],
    answers: source.answersFrom(place) ? [answerAfter(source, trace, step)] : [],
  };
  return { header, arrays };
}

// What is read after a step: of two labels the one that stands for yes, of more the likeliest.
function answerAfter(source, trace, step) {
  const { about: { classifier, favoured, labels: named }, labels, reader } = source;
  const said = saidAfter(source, trace, step);
  const column = classifier && labels.length === 2 ? favoured : largest(said);
  return [named ? labels[column] : reader.show(labels[column]), Math.fround(said[column])];
}

const given = ({ source, place, layer, trace }) => [source.about.equations, layer, source.weights(place), source.inputs(trace, place)];

// The decimals of a line in one number a unit: four bits a stage, negative where the line does not hold as shown.
function packed({ digits, holds }) {
  return Float32Array.from(holds, (fine, unit) => {
    const number = digits.reduce((bits, row, stage) => bits | (row[unit] << (4 * stage)), 0);
    return fine ? number : -number;
  });
}

// What the two ends of the scale of every strip of the drawing stand for, whatever the step.
function endsOf(view) {
  const { layer } = view;
  const strips = Object.entries(view.source.about.equations.strips);
  const most = furthest(...given(view), strips.filter(([, quantity]) => !quantity).map(([key]) => key));
  const ends = Object.fromEntries(strips.map(([key, quantity]) => [key, quantity ? limits(layer, quantity) : [-roundUp(most[key]), roundUp(most[key])]]));
  const widest = roundUp(size(view.source.inputs(view.trace, view.place).values));
  return { ...ends, inputs: [-widest, widest] };
}

function weightsOf({ cell, about, weights }, place) {
  const own = weights(place);
  const arrays = {};
  for (const { name, input, hidden } of byQuantity(cell, own)) {
    arrays[`weights of inputs for ${name}`] = input;
    if (hidden) arrays[`weights of hidden_state- for ${name}`] = hidden;
  }
  for (const { matrix, quantity, source } of about.equations.products) arrays[`weights of ${source} for ${quantity}`] = own.parameters[matrix];
  return arrays;
}

// Which steps the chain shows: all of a short text; of a longer one so many around the chosen step, moving on in jumps.
export function windowOf(step, steps) {
  if (steps <= WHOLE) return [0, steps];
  const middle = Math.floor(Math.min(step, steps - 1) / PACE) * PACE;
  const first = Math.max(0, Math.min(middle - WINDOW / 2, steps - WINDOW));
  return [first, first + WINDOW];
}
