// What follows from the text and the clamps by arithmetic; mirrors WhatIfView.numbers of ui/pages/what_if/view.py, and
// what figures/what_if.py draws.
import { columns } from "../../analysis/aggregate.js";
import { align } from "../../analysis/alignment.js";
import { followed } from "../../analysis/followed.js";
import { limits, size } from "../../analysis/limits.js";
import { rowOf } from "../../analysis/rows.js";
import { AFTER, BEFORE, editedIn, labelsOf, placesOf, spread, spreadBoth, stepsOf } from "../../analysis/side_by_side.js";
import { heldMask, parse, resolve } from "../../doing/holding.js";
import { commonNumbers } from "../../network/view.js";

const MOVED = 0.1; // as in analysis/change/edits.py

export function numbers(view) {
  const common = commonNumbers(view);
  if (!view.trace) return common;
  const runs = runsOf(view);
  const { alignment, base, changed } = runs;
  const places = placesOf(alignment, base.labels.length, changed.labels.length);
  const edges = columns(places.length);
  const parts = [heatmaps(view, runs, places, edges), predictions(view.source, runs, places, edges), chosen(view)];
  const header = { axis: axisOf(view, runs, places, edges), steps: changed.labels.length, units: runs.now.units, moved: { threshold: MOVED } };
  return {
    header: Object.assign(common.header, header, ...parts.map((part) => part.header)),
    arrays: Object.assign(common.arrays, ...parts.map((part) => part.arrays)),
  };
}

export function chosen(view) {
  return { header: view.trace ? { chosen: { step: view.step, unit: view.unit } } : {}, arrays: {} };
}

// What is held against PyTorch's own.
export function layers(view) {
  return { [view.settings.cell]: runsOf(view).now };
}

// base: the text before its edit, without clamps; changed: the text with them; old, now: the layer on show in each
function runsOf({ source, settings, reading, trace, layer, place }) {
  let clamps = parse(settings.clamps).flatMap((hold) => resolve(hold, layer));
  const given = settings.before === null ? [] : source.read(settings.before).tokens;
  const before = given.length ? given : reading.tokens;
  const base = given.length ? source.run(given) : trace;
  let changed = clamps.length ? source.run(reading.tokens, clamps) : trace;
  // As run_held of ui/settings/holds.py: where numbers grow past all bounds, nothing is held.
  if (clamps.length && !changed.layers.every(isSound)) [clamps, changed] = [[], trace];
  const [old, now] = [base, changed].map((run) => source.layer(run, place));
  return { alignment: align(before, reading.tokens), base, changed, old, now, clamps };
}

function isSound({ values }) {
  return Object.values(values).every((each) => each.values.every(Number.isFinite));
}

function axisOf({ source, reading }, { alignment, base, changed }, places, edges) {
  const strange = edges.length === places.length + 1 ? source.unknown(reading.tokens) : [];
  return {
    labels: labelsOf(changed.labels, places, AFTER, edges),
    before: alignment.isIdentity ? null : labelsOf(base.labels, places, BEFORE, edges),
    edited: editedIn(alignment, places, edges),
    unknown: places.flatMap(([, after], k) => (after !== null && strange[after] ? [k] : [])),
    edges: stepsOf(places, changed.labels.length, edges),
    places: edges,
  };
}

function heatmaps({ settings }, { alignment, old, now, clamps }, places, edges) {
  const name = now.quantities.includes(settings.shown) ? settings.shown : now.quantities[0];
  const { share } = now.cell.quantities.find((quantity) => quantity.name === name);
  const ends = [old, now].map((layer) => limits(layer, name));
  const [lowest, highest] = [Math.min(ends[0][0], ends[1][0]), Math.max(ends[0][1], ends[1][1])];
  const mask = heldMask(clamps, name, now);
  return {
    header: {
      quantity: {
        name,
        limits: [lowest, highest],
        // The same length of scale as the values', so that one colour step is one size in all three.
        spread: share ? highest - lowest : highest,
        held: mask.values.includes(1),
      },
    },
    arrays: {
      ...spreadBoth(old.values[name], now.values[name], places, edges),
      held: spread(mask, places, AFTER, edges),
      heldSteps: spread(heldSteps(clamps, now.steps), places, AFTER, edges),
      moved: spread(largestMoves(alignment, old, now), places, AFTER, edges),
    },
  };
}

// (T, 1), 1 at each step at which anything is held.
function heldSteps(clamps, steps) {
  const values = new Float32Array(steps);
  for (const clamp of clamps) for (const [first, last] of clamp.steps) values.fill(1, first, last + 1);
  return { shape: [steps, 1], values };
}

// (T, 1), the largest difference in a hidden state; NaN for a token that has no counterpart.
function largestMoves({ pairs }, old, now) {
  const values = new Float32Array(now.steps).fill(NaN);
  for (const [a, b] of pairs) {
    const was = rowOf(old.values.hidden_state, a);
    values[b] = size(rowOf(now.values.hidden_state, b).map((value, k) => value - was[k]));
  }
  return { shape: [now.steps, 1], values };
}

function predictions(source, { base, changed }, places, edges) {
  if (source.about.answers === null) return { header: { prediction: null }, arrays: {} };
  const { about, labels, reader } = source;
  const [first, second] = [base, changed].map((trace) => source.predictions(trace));
  const column = followed(source, rowOf(first, base.labels.length - 1));
  const [old, now] = [first, second].map((said) => columnOf(said, column));
  const values = [...old.values, ...now.values];
  const [low, high] = about.classifier ? [0, 1] : [Math.min(...values), Math.max(...values) + 1e-6];
  return {
    header: {
      prediction: {
        title: about.classifier ? `P(${reader.show(labels[column])})` : capital(labels[0]),
        low,
        high,
        unit: about.unit,
        before: old.values.at(-1),
        after: now.values.at(-1),
      },
    },
    arrays: { predictionBefore: spread(old, places, BEFORE, edges), predictionAfter: spread(now, places, AFTER, edges) },
  };
}

function columnOf({ shape: [steps, width], values }, column) {
  return { shape: [steps, 1], values: Float32Array.from({ length: steps }, (_, step) => values[step * width + column]) };
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1).toLowerCase();
}
