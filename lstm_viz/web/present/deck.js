// What of a page is on the screen at once: a live page's figure, one chart, one claim. The rest of it waits.
import { rootsOnPage } from "../core/root.js";

// Class of a component → its figures, each as selectors of the parts that it alone has.
const FIGURES = {
  "lv-gates": [[".workspace"], [".saturation"]],
  "lv-ledger": [[".axis-track", ".heatmap-track"], [".stack-track"], [".part-title", ".split-figure"]],
  "lv-what-if": [[".workspace"], [".ranking"]],
  "lv-cells-compared": [[".tracks"], [".scores"]],
  "lv-inside": [[".row", ".cell-workspace"], [".from-input"]],
};
const APART = { "lv-claims": ".card" }; // class of a component → what in it is a figure each
const NONE = ["lv-take-away"];

// The figures that there are now: { root, parts, rest }, where `rest` is what only other figures of the root have.
export function figures() {
  return rootsOnPage().filter((root) => !NONE.some((name) => root.classList.contains(name))).flatMap(figuresOf);
}

function figuresOf(root) {
  const kind = (table) => Object.entries(table).find(([name]) => root.classList.contains(name))?.[1];
  const all = (selectors) => selectors.flatMap((each) => [...root.querySelectorAll(each)]);
  const groups = kind(FIGURES)?.map(all) ?? (kind(APART) ? all([kind(APART)]).map((node) => [node]) : []);
  const there = groups.filter((parts) => parts.some((node) => !node.hidden && node.textContent.trim()));
  if (!there.length) return [{ root, parts: [], rest: groups.flat() }];
  return there.map((parts) => ({ root, parts, rest: groups.flat().filter((node) => !parts.includes(node)) }));
}

export function buildDeck() {
  let at = 0;
  let names = "";

  // Shows the chosen figure alone → which it is. together: whether all components stay, as in a lesson
  function lay(together = false) {
    const all = figures();
    const now = all.map(({ root }) => root.className).join();
    if (now.split(",")[0] !== names) [at, names] = [opening(all), now.split(",")[0]];
    at = Math.min(at, Math.max(0, all.length - 1));
    const chosen = all[at];
    const kept = new Set(chosen ? [chosen.root] : []);
    for (const { root, parts, rest } of together ? all.filter((each, k) => all.findIndex(({ root: other }) => other === each.root) === k) : all) {
      if (!together && root === chosen?.root && parts !== chosen.parts) continue;
      set(placeOf(root), !together && !kept.has(root));
      for (const node of rest) set(node, true);
      for (const node of parts) set(node, false);
    }
    return at;
  }

  return {
    lay,
    // The root of the figure on the screen.
    root: () => figures()[at]?.root ?? null,
    // So many figures on, as far as there are any → whether there was another
    turn(by) {
      const next = at + by;
      if (!(next in figures())) return false;
      at = next;
      lay();
      return true;
    },
    close() {
      for (const { root, parts, rest } of figures()) for (const node of [placeOf(root), ...parts, ...rest]) set(node, false);
      names = "";
    },
  };
}

// The claim that the address names, else the first figure.
function opening(all) {
  const found = all.findIndex(({ parts }) => parts.some((node) => node.classList.contains("chosen")));
  return Math.max(0, found);
}

// What of Streamlit's page holds a component.
function placeOf(root) {
  const host = root.getRootNode().host ?? root;
  return host.closest("[data-testid=stElementContainer]") ?? host;
}

function set(node, off) {
  if (off !== node.hasAttribute("data-off")) node.toggleAttribute("data-off", off);
}
