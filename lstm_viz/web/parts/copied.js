// Copying, and saying what came of it: where a page may not use the clipboard, the text is shown to be copied by hand.
import { copyText } from "../core/clipboard.js";
import { element } from "../core/dom.js";

const BY_HAND = "This page may not use the clipboard here. Copy this by hand:";
const SHOWN = 1500; // milliseconds

// node: the button that was pressed, or another element with text; beside: where the text is shown, if it must be
export async function copied(text, node, beside) {
  beside.querySelector(":scope > .by-hand")?.remove();
  if (await copyText(text)) return saying(node, "Copied");
  const area = element("textarea", { readonly: "", rows: 3, "aria-label": "To be copied" }, text);
  const root = element("div", { class: "by-hand", role: "status" }, BY_HAND, area);
  beside.append(root);
  area.focus();
  area.select();
  area.onblur = () => root.remove();
}

// Shows for a moment, in place of what stands in an element, what was done.
export function saying(node, done) {
  const usual = node.dataset.usual ?? node.textContent;
  Object.assign(node.dataset, { usual });
  node.textContent = done;
  setTimeout(() => (node.textContent = usual), SHOWN);
}
