// A recorded run in a file: its numbers as a page draws them, and those of the chosen step and unit, as pages/gates/numbers.js
// has them of a run made here. The Python side is live_page/recorded.py.
import { aggregate } from "../analysis/aggregate.js";
import { chain } from "../analysis/chain.js";
import { rowOf } from "../analysis/rows.js";
import { columnOf } from "../core/geometry.js";

const LEVELS = 2 ** 16 - 1; // the upper end of a scale, where means stand for places on it

// run, arrays: as `recorded` of recorded.py gives them → { numbers(settings), chosen(settings), nearest(settings, step) }
export function recorded(run, arrays) {
  const { axis, steps } = run;
  const { said = {}, answers = [] } = run;
  const answered = Object.fromEntries(Object.entries(arrays).filter(([name]) => name.startsWith("said.")).map(([name, array]) => [name.slice(5), array]));
  const layers = run.layers.map((about, k) => layerOf(about, k, run, arrays));
  const on = ({ layer, direction }) => layers.find((each) => each.index === layer && each.direction === direction);

  function numbers(settings) {
    const layer = on(settings);
    const { limits, ends, reach, units } = layer.about;
    const header = {
      ...{ count: steps, unreadable: false, axis, steps, units, limits, reach, letters: run.letters },
      ends: settings.own_scale ? ends : {},
      ...{ movers: { step: 0, label: "", units: [] }, ...said },
      ...chosen(settings).header,
    };
    return { header, arrays: { ...layer.drawn(), ...answered } };
  }

  // What follows from the chosen step and unit.
  function chosen(settings) {
    const layer = on(settings);
    const unit = Math.min(settings.unit, layer.units - 1);
    const step = layer.has(Math.min(settings.step, steps - 1));
    const { at, row } = layer.at(step);
    const values = {};
    for (const [name, array] of Object.entries(at.values)) if (unit < array.shape[1]) values[name] = rowOf(array, row)[unit];
    const answer = answers[answers.length === steps ? step : columnOf(axis.edges, step)] ?? null;
    const found = { step, unit, token: run.labels[step], answer, values };
    return { header: { chosen: { ...found, chain: chain(layer, at, row, unit) } }, arrays: {} };
  }

  // The step on show after one was asked for: where the file has the first step of every column alone, the arrow keys go
  // from one to the next.
  function nearest(settings, step) {
    const layer = on(settings);
    const there = layer.has(step);
    if (there === step || step < settings.step) return there;
    return axis.edges[columnOf(axis.edges, step) + 1] < steps ? axis.edges[columnOf(axis.edges, step) + 1] : there;
  }
  return { numbers, chosen, nearest };
}

// One layer in one direction, as analysis/chain.js reads it.
function layerOf(about, k, { axis: { edges }, steps, quantities }, arrays) {
  const named = (prefix) => {
    const all = `${k}.${prefix}`;
    const own = Object.entries(arrays).filter(([name]) => name.startsWith(all) && !name.slice(all.length).includes("."));
    return Object.fromEntries(own.map(([name, array]) => [name.slice(all.length), array]));
  };
  const { shut, open, ...values } = named("");
  const dots = shut ? { shut, open } : {};
  const { units, direction, layer: index, whole } = about;
  const first = Object.fromEntries(Object.entries(named("first.")).map(([name, array]) => [name, array.values]));
  const run = { cell: { quantities }, units, direction, steps, values, initial: first };
  let drawn = null;
  // A step by itself, where the file has not those before it.
  const single = { cell: { quantities }, units, direction: "forward", steps: 1 };
  const [at, before] = [named("at."), named("before.")];
  const means = () => Object.fromEntries(Object.entries(values).map(([name, array]) => [name, aggregate(array, edges)]));

  const unscaled = () => Object.fromEntries(Object.entries(values).map(([name, { shape, values: levels }]) => {
    const [low, high] = about.limits[name];
    return [name, { shape, values: Float32Array.from(levels, (level) => low + (level / LEVELS) * (high - low)) }];
  }));

  function alone(step) {
    const row = columnOf(edges, step);
    const one = Object.entries(at).map(([name, array]) => [name, { shape: [1, array.shape[1]], values: rowOf(array, row) }]);
    const initial = Object.entries(before).map(([name, array]) => [name, rowOf(array, row)]);
    return { at: { ...single, values: Object.fromEntries(one), initial: Object.fromEntries(initial) }, row: 0 };
  }
  return {
    about,
    index,
    direction,
    units,
    drawn: () => (drawn ??= { ...(whole ? means() : unscaled()), ...dots }),
    // The step itself, or the nearest before it whose numbers are there.
    has: (step) => (whole ? step : edges[columnOf(edges, step)]),
    at: (step) => (whole ? { at: run, row: step } : alone(step)),
  };
}
