// The keys of presenter mode: what a key asks for, wherever the focus is. Clickers send the page keys, some of them a
// full stop for the black screen.
import { HEARD } from "../core/heard.js";

export const SAY = "F2"; // no letter: a letter alone may come of speech

// What stands on the sheet of keys, and is listened to: [the keys as they are written, what they do]
export const SHEET = [
  ["→ ←  Page Down  Page Up  Space", "on and back: a lesson, the stages of a cell, or time"],
  ["↑ ↓", "the unit above, the unit below"],
  ["Shift →  Shift ←", "the page’s next figure, and the one before"],
  ["E", "the text and the choices, to change them"],
  ["N", "the numbers"],
  ["L", "the ring around the pointer"],
  ["F", "full screen"],
  ["B  .", "a black screen; any key brings the picture back"],
  [SAY, "say what is shown"],
  ["P  Esc", "leave presenter mode"],
];

const LETTERS = { p: "leave", f: "full", b: "black", ".": "black", l: "ring", e: "controls", n: "numbers", "?": "sheet" };
const PAGES = { PageDown: 1, PageUp: -1 };
const ARROWS = { ArrowRight: 1, ArrowLeft: -1 };
const FIELDS = "input, textarea, select, [contenteditable]:not([contenteditable=false])";
const ARROWS_OF_ITS_OWN = `[role=slider]:not([${HEARD}]), [role=tab], [role=radio], [role=listbox], [role=option]`;
const PRESSED_BY_SPACE = "button, summary, a, [role=button]";

// What an element does with keys itself.
export function focusOn(node) {
  const is = (which) => Boolean(node?.matches?.(which));
  return { field: is(FIELDS), arrows: is(ARROWS_OF_ITS_OWN), space: is(PRESSED_BY_SPACE) };
}

// event: of a key; focus: see focusOn; on: whether presenter mode is; plays: whether the space bar plays what is shown; letters: whether a
// letter alone is a key
// → null where the key is none of it, else ["step" | "figure", ±1] or [what]
export function asked({ key, shiftKey = false, ctrlKey = false, metaKey = false, altKey = false }, focus, { on, plays = false, letters = true }) {
  if (ctrlKey || metaKey || altKey || (!letters && /^\p{L}$/u.test(key))) return null;
  if (!on) return key.toLowerCase() === "p" && !shiftKey && !focus.field ? ["enter"] : null;
  // No letter comes of them, so a clicker works while a text has the focus.
  if (key in PAGES) return ["step", PAGES[key]];
  if (focus.field) return key === "Escape" ? ["blur"] : null;
  if (key in ARROWS && !focus.arrows) return [shiftKey ? "figure" : "step", ARROWS[key]];
  if (key === " " && !focus.space && !plays) return ["step", shiftKey ? -1 : 1];
  if (key === "Escape") return ["leave"];
  const what = LETTERS[key.toLowerCase()];
  return what ? [what] : null;
}
