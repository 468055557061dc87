// The browser's side of test_doing.py and test_edits.py. Actions come as JSON, in which half a character survives.
import { align } from "../../lstm_viz/web/analysis/alignment.js";
import { changeOf, editOf, marksOf } from "../../lstm_viz/web/analysis/edits.js";
import { columns } from "../../lstm_viz/web/analysis/aggregate.js";
import { reduce } from "../../lstm_viz/web/doing/reducer.js";
import { viewOf } from "../../lstm_viz/web/network/view.js";
import { packed, sourceOf } from "./in_page.js";

// The settings after each action, or null where only the server can tell: then the next one starts from those before.
export async function walked(asked) {
  const { about, settings, actions, rules } = JSON.parse(asked);
  const source = await sourceOf(about);
  let now = settings;
  return JSON.stringify(actions.map((action) => {
    const after = reduce(now, action, { source, rules });
    now = after ?? now;
    return after;
  }));
}

export function aligned(pairs) {
  return pairs.map(([before, after]) => align(before, after));
}

// What the last edit of a view changed; null where there was none.
export async function changed({ about, settings }) {
  const view = viewOf({ shown: await sourceOf(about) }, "shown", settings);
  const edit = editOf(view);
  if (!edit) return null;
  const edges = columns(view.trace.labels.length);
  const { array, largest } = changeOf(edit, edges);
  return { alignment: edit.alignment, largest, marks: marksOf(edit, edges), ...packed({ array }) };
}
