// The keys of a page, wherever on it the focus is: arrows and where they lead, undo and redo.
import { clamp } from "./geometry.js";
import { HEARD } from "./heard.js";

const MOVES = { ArrowLeft: { step: -1 }, ArrowRight: { step: 1 }, ArrowUp: { row: -1 }, ArrowDown: { row: 1 } };
const OWN_KEYS = `input, textarea, select, [contenteditable], [role=slider]:not([${HEARD}]), [role=tab]`;
const OWN_UNDO = "input, textarea, [contenteditable]";

// tell: see mount.js
export function listenToKeys({ root, state, editor, move, tell, signal }) {
  const onKey = (event) => {
    const target = event.composedPath()[0];
    const undoing = historyKey(event);
    // What is typed into another field is that field's own to take back.
    if (undoing && (target === editor.area || !target.matches?.(OWN_UNDO))) {
      tell([undoing]);
      event.preventDefault();
      return;
    }
    if (target.matches?.(OWN_KEYS) || event.ctrlKey || event.metaKey || event.altKey || !state.header?.steps) return;
    if (event.key === "Escape") editor.area.focus();
    else if (event.key in MOVES && (root.contains(target) || nothingHeld(target) || event.key in { ArrowLeft: 1, ArrowRight: 1 })) {
      move(MOVES[event.key]);
      event.preventDefault();
    }
  };
  // The browser's menus can undo as well; what they would bring back is not what the page shows.
  const onHistory = (event) => {
    const undoing = { historyUndo: "undo", historyRedo: "redo" }[event.inputType];
    if (!undoing) return;
    tell([undoing]);
    event.preventDefault();
  };
  document.addEventListener("keydown", onKey, { signal });
  editor.area.addEventListener("beforeinput", onHistory, { signal });
}

// "undo" or "redo" where a key asks for it, else "".
export function historyKey({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (altKey || !(ctrlKey || metaKey)) return "";
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? "redo" : "undo";
  return letter === "y" && !shiftKey ? "redo" : "";
}

// Whether the focus is on nothing that keys could act on: on the page, or on a heading that a step of a lesson begins with.
function nothingHeld(target) {
  return target === document.body || !!target.matches?.("[tabindex='-1']:is(h1, h2, h3)");
}

// The step and the unit so many steps and rows on, as far as there are any.
export function neighbour({ header, step, unit }, { step: steps = 0, row: rows = 0 }, order = header.order) {
  return [clamp(step + steps, header.steps), rows ? order[clamp(order.indexOf(unit) + rows, order.length)] : unit];
}
