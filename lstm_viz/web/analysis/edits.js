// What the last edit changed in the hidden state; mirrors `View.edit` of ui/views/view.py, analysis/change/edits.py and
// marks.py, and what figures/edit_effect.py draws of it.
import { aggregate, columnOf } from "./aggregate.js";
import { align } from "./alignment.js";
import { size } from "./limits.js";
import { rowBefore, rowOf } from "./rows.js";

const NAMED = 3; // tokens that a mark names

// The last edit of a view: the alignment of its tokens, and the layer before and after; null where there was none, or
// one of the two texts cannot be run.
export function editOf(view) {
  const { source, settings, reading } = view;
  if (!reading.tokens.length || settings.before === null) return null;
  const { tokens } = source.read(settings.before);
  if (!tokens.length) return null;
  const alignment = align(tokens, reading.tokens);
  if (alignment.isIdentity) return null;
  const run = source.run(tokens);
  return { alignment, labels: run.labels, before: source.layer(run, view.place), after: view.layer };
}

// An array with a row a column of the axis: what it changed in every unit. A new token, which has no counterpart to be
// compared with, shows how far it moves the hidden state. largest: the size of the largest change.
export function changeOf({ alignment, before, after }, edges) {
  const { values: old } = before.values.hidden_state;
  const { values: now, shape } = after.values.hidden_state;
  const [steps, units] = shape;
  const values = new Float32Array(steps * units);
  for (const step of newOf(alignment)) {
    const found = rowBefore(after, "hidden_state", step);
    for (let unit = 0; unit < units; unit++) values[step * units + unit] = now[step * units + unit] - found[unit];
  }
  for (const [i, j] of alignment.pairs) {
    const [to, from] = [j * units, i * units];
    for (let unit = 0; unit < units; unit++) values[to + unit] = now[to + unit] - old[from + unit];
  }
  return { array: aggregate({ shape, values }, edges), largest: size(values) };
}

// The steps put in that no replaced token stands for.
function newOf({ pairs, inserted }) {
  const met = new Set(pairs.map(([, j]) => j));
  return inserted.filter((j) => !met.has(j));
}

// Which columns are new, what stood in others before, and what is gone, from left to right: [{ kind, start, stop, tokens,
// count }]. labels: of the text before
export function marksOf({ alignment, labels }, edges) {
  const { pairs, removed } = alignment;
  const columnsOf = (run) => ({ start: columnOf(run[0], edges), stop: columnOf(run[run.length - 1], edges) + 1 });
  const mark = (kind, place, tokens = []) => ({ kind, ...place, tokens: tokens.slice(0, NAMED), count: tokens.length });
  const out = new Set(removed);
  const was = new Map(pairs.filter(([i]) => out.has(i)).map(([i, j]) => [j, labels[i]]));
  const met = new Set(pairs.map(([i]) => i));
  const end = edges[edges.length - 1];
  const gone = new Map();
  for (const i of removed.filter((each) => !met.has(each))) {
    const place = pairs.find(([before]) => before > i)?.[1] ?? end;
    gone.set(place, [...(gone.get(place) ?? []), labels[i]]);
  }
  const found = [
    ...runs(newOf(alignment)).map((run) => mark("new", columnsOf(run))),
    ...runs([...was.keys()]).map((run) => mark("was", columnsOf(run), run.map((j) => was.get(j)))),
    ...[...gone].map(([place, tokens]) => {
      const at = place < end ? columnOf(place, edges) : edges.length - 1;
      return mark("gone", { start: at, stop: at }, tokens);
    }),
  ];
  return found.sort((a, b) => a.start - b.start || a.stop - b.stop);
}

// Steps that follow each other, together.
function runs(steps) {
  const found = [];
  for (const step of steps) {
    const last = found[found.length - 1];
    if (last && step === last[last.length - 1] + 1) last.push(step);
    else found.push([step]);
  }
  return found;
}
