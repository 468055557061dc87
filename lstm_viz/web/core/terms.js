// Marks the terms of the glossary where a page first uses them; ui/widgets/prose.py does it in what Streamlit shows.
import { element } from "./dom.js";

const PROSE = ".lead-in, .help, .hint, .caption, .said";

// glossary: { meanings: term → what it means, pattern: of a term in a sentence }
export function markTerms(root, { meanings, pattern }) {
  const marked = [document, root].flatMap((where) => [...where.querySelectorAll(".lv-term")]);
  const seen = new Set(marked.map((each) => each.textContent.toLowerCase()));
  for (const node of [...root.querySelectorAll(PROSE)].filter(isShown).flatMap(textsIn)) {
    for (let rest = node, found; (found = firstNew(rest.data, pattern, seen)); ) {
      const term = rest.splitText(found.index);
      rest = term.splitText(found[0].length);
      const name = found[0].toLowerCase();
      seen.add(name);
      term.replaceWith(definition(found[0], meanings[name]));
    }
  }
}

function definition(written, meaning) {
  return element("dfn", { class: "lv-term", tabindex: 0, "data-meaning": meaning, "aria-description": meaning }, written);
}

function firstNew(text, pattern, seen) {
  return [...text.matchAll(new RegExp(pattern, "gi"))].find((found) => !seen.has(found[0].toLowerCase()));
}

function isShown(node) {
  return node.offsetParent !== null;
}

function textsIn(node) {
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) if (!texts.currentNode.parentElement.closest(".lv-term, button, .symbol")) found.push(texts.currentNode);
  return found;
}
