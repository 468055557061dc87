// What of a page is on the screen at once: a live page's figure, one chart, one claim. The rest of it waits.
import { setParameter } from "../core/address.js";
import { clamp } from "../core/geometry.js";
import { rootsOnPage } from "../core/root.js";

// Class of a component → its figures, each as selectors of the parts that it has.
const FIGURES = {
  "lv-gates": [[".workspace"], [".saturation"]],
  "lv-ledger": [
    [".axis-track", ".heatmap-track"],
    [".axis-track", track("makeup"), track("fading")],
    [".axis-track", ".attention"],
    [".axis-track", track("stack")],
    [".part-title", ".axis-track", track("split")],
  ],
  "lv-what-if": [[".workspace"], [".ranking"]],
  "lv-cells-compared": [[".tracks"], [".scores"]],
  "lv-inside": [[".row", ".cell-workspace"], [".from-input"]],
};
const APART = { "lv-claims": ".card" }; // class of a component → what in it is a figure each
const AROUND = { "lv-claims": [".overview", ".list > h2"] }; // what only leads to figures
const AWAY = '[class*="st-key-lv_away_"]'; // what ui/bridge/frame.py folds away
const HEADS = ".axis-track, .part-title"; // what makes no figure by itself
const NONE = ["lv-take-away", "lv-lesson", "lv-prediction", "lv-room-of-lecturer"]; // what is no figure of a page

// The figures that there are now: { root, parts, rest }, where `rest` is what only other figures of the root have.
export function figures() {
  const shown = rootsOnPage().filter((root) => !NONE.some((name) => root.classList.contains(name)) && !hostOf(root).closest(AWAY));
  // What is off the screen is nowhere, so the document says what comes first.
  const follows = (a, b) => hostOf(a).compareDocumentPosition(hostOf(b)) & Node.DOCUMENT_POSITION_PRECEDING;
  return shown.sort((a, b) => (follows(a, b) ? 1 : -1)).flatMap(figuresOf);
}

function figuresOf(root) {
  const kind = (table) => Object.entries(table).find(([name]) => root.classList.contains(name))?.[1];
  const all = (selectors) => selectors.flatMap((each) => [...root.querySelectorAll(each)]);
  const groups = kind(FIGURES)?.map(all) ?? (kind(APART) ? all([kind(APART)]).map((node) => [node]) : []);
  const away = root.dataset.folded?.split(" ") ?? [];
  const there = groups.filter((parts) => parts.some((node) => !node.matches(HEADS) && !node.hidden && node.textContent.trim() && !folded(node, away)));
  if (!there.length) return groups.flat().some((node) => folded(node, away)) ? [] : [{ root, parts: [], rest: [] }];
  return there.map((parts) => ({ root, parts, rest: [...groups.flat(), ...all(kind(AROUND) ?? [])].filter((node) => !parts.includes(node)) }));
}

// Whether nothing of a part is left by what a link or a lesson folds away: see live/frame.js.
function folded(node, away) {
  const within = (each) => away.some((name) => each.closest(`[data-part="${name}"]`));
  const parts = [...node.querySelectorAll("[data-part]")];
  return within(node) || (parts.length > 0 && parts.every(within));
}

export function buildDeck() {
  let at = 0;
  let turned = false; // whether the reader chose a figure of this page
  let place = ""; // what is on show

  // Shows the chosen figure alone → which it is. here: what tells this page, or step of a lesson, from any other
  function lay(here) {
    const all = figures();
    if (place !== here) [place, turned, at] = [here, false, 0];
    if (!turned) at = opening(all);
    at = clamp(at, Math.max(1, all.length));
    const chosen = all[at];
    for (const each of all) {
      if (each !== firstOf(all, each.root) && each !== chosen) continue;
      if (each.root === chosen?.root && each !== chosen) continue;
      set(placeOf(each.root), each.root !== chosen?.root);
      for (const node of each.rest) set(node, true);
      for (const node of each.parts) set(node, false);
    }
    return at;
  }

  return {
    lay,
    // The root of the figure on the screen, and whether it is the first of that root: the one with time in it.
    root: () => figures()[at]?.root ?? null,
    leads: () => figures()[at] !== undefined && figures().findIndex(({ root }) => root === figures()[at].root) === at,
    // So many figures on, as far as there are any → whether there was another
    turn(by) {
      const all = figures();
      if (!(at + by in all)) return false;
      [at, turned] = [at + by, true];
      const { claim } = all[at].parts[0]?.dataset ?? {};
      if (claim) setParameter("claim", claim);
      return true;
    },
    close() {
      for (const { root, parts, rest } of figures()) for (const node of [placeOf(root), ...parts, ...rest]) set(node, false);
      [turned, place] = [false, ""];
    },
  };
}

function firstOf(all, root) {
  return all.find((each) => each.root === root);
}

function track(view) {
  return `.track:has(> .body > [data-view="${view}"])`;
}

// The claim that the address names, or what a lesson points at, else the first figure.
function opening(all) {
  const found = all.findIndex(({ parts }) => parts.some((node) => node.matches(".chosen, :has(.lit)")));
  return Math.max(0, found);
}

function hostOf(root) {
  return root.getRootNode().host ?? root;
}

// What of Streamlit's page holds a component.
function placeOf(root) {
  const host = hostOf(root);
  return host.closest("[data-testid=stElementContainer]") ?? host;
}

function set(node, off) {
  if (off !== node.hasAttribute("data-off")) node.toggleAttribute("data-off", off);
}
