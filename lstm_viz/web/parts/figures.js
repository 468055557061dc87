// The figures on the page, as someone would speak of them: each with its name and the elements that make it up.
import { rootsOnPage } from "../core/root.js";

const FIGURES = [
  ...[".axis-track", ".track", ".strips-track", ".inspector:not(:has(select))", ".saturation", ".ranking:has(li)", ".unrolled", ".cell-workspace > *"],
  ...[".from-input", "[data-claim].card", ".line-chart", ".records"],
].join();
const ASIDE = ".inspector";
export const WHOLE = "The whole view";
const NAMES = "blockquote, h2, h3, figcaption, caption";

// [{ name, nodes }], the whole view first; only: of which component, for a page on which each stands for itself
export function figuresOnPage(only = null) {
  const roots = only ? [only] : rootsOnPage();
  const found = roots.flatMap((root) => outermost([...root.querySelectorAll(FIGURES)].filter(seen)));
  // What stands beside the tracks comes after them.
  const whole = { name: WHOLE, nodes: [...found.filter((node) => !node.matches(ASIDE)), ...found.filter((node) => node.matches(ASIDE))] };
  const each = found.filter((node) => !node.matches(".axis-track")).map((node) => ({ name: nameOf(node), nodes: [...axisOf(node), node] }));
  return found.length > 1 ? [whole, ...numbered(each)] : each;
}

function seen(node) {
  const { width, height } = node.getBoundingClientRect();
  return width > 0 && height > 0;
}

function outermost(nodes) {
  const all = new Set(nodes);
  return nodes.filter((node) => {
    for (let above = node.parentElement; above; above = above.parentElement) if (all.has(above)) return false;
    return true;
  });
}

// The tokens below which a figure is drawn.
function axisOf(node) {
  if (!node.matches(".track, .strips-track")) return [];
  const tracks = node.closest(".tracks");
  return tracks ? [...tracks.querySelectorAll(".axis-track")].filter(seen) : [];
}

function nameOf(node) {
  const heading = node.querySelector(NAMES);
  const text = heading && [...heading.childNodes].find((child) => child.nodeType === Node.TEXT_NODE && child.textContent.trim());
  const view = node.querySelector("[data-view]")?.dataset.view ?? "figure";
  const named = (text?.textContent ?? heading?.textContent ?? node.getAttribute("aria-label") ?? "").trim();
  return named || view[0].toUpperCase() + view.slice(1);
}

// Names that several have are told apart.
function numbered(figures) {
  const count = new Map();
  return figures.map(({ name, nodes }) => {
    count.set(name, (count.get(name) ?? 0) + 1);
    return { name: count.get(name) > 1 ? `${name} (${count.get(name)})` : name, nodes };
  });
}
