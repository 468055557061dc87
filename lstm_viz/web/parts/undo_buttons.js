// Undo and redo of everything that changes what is shown; the same on every page.
import { element } from "../core/dom.js";

export function buildUndo(tell) {
  const undo = button("Undo", "Undo (Ctrl+Z)", () => tell(["undo"]));
  const redo = button("Redo", "Redo (Ctrl+Shift+Z or Ctrl+Y)", () => tell(["redo"]));
  return {
    root: element("div", { class: "keeping", role: "group", "aria-label": "Undo and redo" }, undo, redo),
    update(header) {
      undo.disabled = !header.undo;
      redo.disabled = !header.redo;
    },
  };
}

function button(text, title, onClick) {
  const node = element("button", { type: "button", class: "quiet", title }, text);
  node.onclick = onClick;
  return node;
}
