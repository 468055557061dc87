// The rules of texts: what an edit is compared with, where the chosen step goes, and where a text opens. Mirrors
// ui/doing/texts.py, and `telling_cell` of sources/source.py.
import { align } from "../analysis/alignment.js";
import { moved, movingStep } from "../analysis/movers.js";
import { rowBefore, rowOf } from "../analysis/rows.js";
import { viewOf } from "../network/view.js";

const FURTHEST = 999_999; // NUMBER_LIMIT of ui/settings/kinds.py: stands for the last step, and for no source chosen

// What changes with a text that is typed.
export function edited(settings, text, source, rules) {
  const now = source.read(text);
  const change = align(source.read(settings.text).tokens, now.tokens);
  const keeps = settings.before !== null && (rules.lasting_comparison || goesOn(settings, text, source));
  const changes = { text, before: keeps ? settings.before : settings.text };
  // The chosen step goes along with the word that is typed.
  if (!change.isIdentity && now.tokens.length) changes.step = Math.min(change.afterSpan[1] || 1, now.tokens.length) - 1;
  return changes;
}

// Whether a text that is typed belongs to the edit under way.
export function goesOn(settings, text, source) {
  if (settings.before === null) return false;
  const old = source.read(settings.text);
  return sameEdit(source.read(settings.before), old, align(old.tokens, source.read(text).tokens));
}

// Whether a change of the current text stays within the tokens by which that differs from the one before.
function sameEdit(before, current, change) {
  if (change.isIdentity) return true;
  const underWay = align(before.tokens, current.tokens);
  if (underWay.isIdentity) return false;
  const [[start, stop], [first, last]] = [underWay.afterSpan, change.beforeSpan];
  return (start <= first && first < last && last <= stop) || (start === first && stop === last);
}

// Where a text opens that was chosen rather than typed: nothing was edited, and one looks where most is to see.
export function opened(settings, source, rules) {
  const view = viewOf({ shown: source }, "shown", settings);
  if (!view.trace) return { before: null };
  const { step, unit } = tellingCell(source, view, settings.text);
  return { before: null, step: rules.opens_at_end ? FURTHEST : step, unit, source: FURTHEST };
}

// Where to look first: the step at which the answer moves most, and a unit: the one that keeps the count of which an
// example speaks; else the one that moves the answer most there; else the one whose memory moves most there.
function tellingCell(source, view, text) {
  const { counters } = source.about;
  const { layer } = view;
  const memory = source.cell.memory ?? source.cell.quantities.findLast(({ role }) => role === "state").name;
  const step = source.about.answers === null ? mostMoving(layer, memory) : movingStep(source, view.trace);
  if (view.place === source.places[0] && Object.hasOwn(counters, text)) return { step, unit: counters[text] };
  const sizes = moved(source, view, step);
  if (sizes) return { step, unit: furthest(sizes) };
  const before = rowBefore(layer, memory, step);
  return { step, unit: furthest(Array.from(rowOf(layer.values[memory], step), (value, k) => Math.fround(value - before[k]))) };
}

// The step at which the memory of a layer moves most, over all its units.
function mostMoving(layer, memory) {
  const moves = Array.from({ length: layer.steps }, (_, step) => {
    const before = rowBefore(layer, memory, step);
    return rowOf(layer.values[memory], step).reduce((sum, value, k) => sum + Math.abs(Math.fround(value - before[k])), 0);
  });
  return moves.indexOf(Math.max(...moves));
}

// The place of the largest size, the first of equal ones.
function furthest(values) {
  const sizes = values.map(Math.abs);
  return sizes.indexOf(Math.max(...sizes));
}
