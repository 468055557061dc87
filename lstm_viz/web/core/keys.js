// The arrow keys of a page, wherever on it the focus is, and where they lead.
import { clamp } from "./geometry.js";

const MOVES = { ArrowLeft: { step: -1 }, ArrowRight: { step: 1 }, ArrowUp: { row: -1 }, ArrowDown: { row: 1 } };
const OWN_KEYS = "input, textarea, select, [contenteditable], [role=slider], [role=tab]";

export function listenToKeys({ root, state, editor, move, signal }) {
  const onKey = (event) => {
    const target = event.composedPath()[0];
    if (target.matches?.(OWN_KEYS) || event.ctrlKey || event.metaKey || event.altKey || !state.header?.steps) return;
    if (event.key === "Escape") editor.area.focus();
    else if (event.key in MOVES && (root.contains(target) || target === document.body || event.key in { ArrowLeft: 1, ArrowRight: 1 })) {
      move(MOVES[event.key]);
      event.preventDefault();
    }
  };
  document.addEventListener("keydown", onKey, { signal });
}

// The step and the unit so many steps and rows on, as far as there are any.
export function neighbour({ header, step, unit }, { step: steps = 0, row: rows = 0 }, order = header.order) {
  return [clamp(step + steps, header.steps), rows ? order[clamp(order.indexOf(unit) + rows, order.length)] : unit];
}
