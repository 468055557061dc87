// What is shown, in words: the page's name, then what each component says of itself, and its figures, each by its name and
// the sentence under it. Nothing is made up here: the sentences are those on the page.
import { SUM_UP } from "../core/said.js";
import { WHOLE, figuresOnPage } from "./figures.js";

const SENTENCES = ".caption, .verdict, .said, .story";
const MOST = 12; // figures of a component
const LATE = "The sentences on it have not come yet";
const SHORT = 60; // characters of a sentence that needs the next one

// roots: of the components on the page, from its top down → a promise of the text
export async function summed(roots) {
  const told = roots.map((root) => {
    const detail = { wait: null, says: () => [], ends: () => [], alone: false };
    root.dispatchEvent(new CustomEvent(SUM_UP, { detail }));
    return { root, ...detail };
  });
  await Promise.all(told.map(({ wait }) => wait));
  const title = document.querySelector("h1")?.textContent.trim() ?? "";
  const all = told.flatMap(({ root, says, ends, alone }) => [...says(), ...(alone ? [] : figuresIn(root)), ...ends()]);
  return [title, ...all].filter(Boolean).map(ended).join(" ");
}

// A sentence a figure; none that is of what was there before.
function figuresIn(root) {
  const holds = (node) => node.getClientRects().length > 0 && (!root.classList.contains("behind") || node.matches(".counted"));
  const told = figuresOnPage(root).flatMap(({ name, nodes }) => {
    const found = nodes.flatMap((node) => [...node.querySelectorAll(SENTENCES)]).filter(holds);
    const said = name === WHOLE ? "" : found.map((node) => first(node.textContent.trim())).find(Boolean);
    return said ? [`${name}${name.endsWith("?") ? "" : ":"} ${said}`] : [];
  });
  if (root.classList.contains("behind")) told.push(LATE);
  return told.length > MOST ? [...told.slice(0, MOST), `And ${told.length - MOST} more`] : told;
}

// The first sentence leads; the rest is there for those who read on.
export function first(text) {
  const [lead, next = ""] = text.split(/(?<=[.?”]) (?=[\p{Lu}“])/u);
  return lead.length < SHORT && next ? `${lead} ${next}` : lead;
}

export function ended(text) {
  return /[.?]”?$/.test(text) ? text : `${text}.`;
}
