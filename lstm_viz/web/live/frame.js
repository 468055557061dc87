// What of a page is folded away and what is lit, by its link or by a lesson: see ui/bridge/frame.py. An element says with
// data-part what it is, and with data-tells of which quantities it gives numbers. A sheet folds them away, so that what is
// made later is too, and nothing of it is left behind.
import { element } from "../core/dom.js";
import { columnOf } from "../core/geometry.js";

const LIT = "indicated";

// page: see mount.js; it may have lights(point) → the elements that show a point, where they are no tracks and no parts
export function frameOf(root, state, page) {
  const sheet = element("style");
  let folded = "";
  let shown = ""; // what is lit, and was brought into sight
  let marks = [];
  root.append(sheet);

  // Before the page is drawn: what is folded away takes no room → whether it is other than it was.
  function fold(header) {
    const away = awayIn(header);
    const wanted = away.length ? `${away.map((name) => `[data-part="${name}"], [data-tells~="${name}"], .overlay [data-key="${name}"]`).join()} { display: none !important; }` : "";
    if (wanted === folded) return false;
    folded = sheet.textContent = wanted;
    root.dataset.folded = away.join(" ");
    return true;
  }

  // After it is drawn: what is made anew with a text is lit anew.
  function light({ frame: { lit = [] } = {} }) {
    if (!lit.length && !shown) return;
    for (const mark of marks) mark.remove();
    for (const node of root.querySelectorAll(`.${LIT}`)) node.classList.remove(LIT);
    marks = lit.flatMap(marksOf);
    const named = lit.flatMap((point) => page.lights?.(point) ?? partsOf(point));
    for (const node of named) node.classList.add(LIT);
    const wanted = JSON.stringify(lit);
    // After an answer what is said of it comes first, and stands above the view.
    if (wanted !== shown && !document.querySelector(".st-key-lv_lesson_again")) bringIntoSight([...named, ...marks].filter((node) => node.getClientRects().length));
    shown = lit.length ? wanted : "";
  }

  function partsOf({ kind, value }) {
    return kind === "part" || kind === "quantity" ? [...root.querySelectorAll(`[data-part="${value}"]`)] : [];
  }

  // A step is a column of every track, a unit a row of those that have a row for each.
  function marksOf({ kind, value }) {
    const { axis, steps, units } = state.header;
    if (kind === "step" && axis?.labels.length && value < steps) return [...root.querySelectorAll(".plot")].map((plot) => mark(plot, "mark", columnOf(axis.edges, value)));
    if (kind !== "unit" || value >= units) return [];
    return [...root.querySelectorAll(".plot.heatmap")].flatMap((plot) => {
      const row = (page.rowsOf?.(plot.dataset.view) ?? state.header.order ?? []).indexOf(value);
      return row < 0 ? [] : [mark(plot, "row-mark", row)];
    });
  }

  return { fold, light };
}

function mark(plot, kind, place) {
  const node = element("div", { class: `${kind} ${LIT}`, "aria-hidden": "true" });
  node.style.setProperty("--lit", place);
  plot.append(node);
  return node;
}

function bringIntoSight(nodes) {
  const inSight = (node) => {
    const { top, bottom } = node.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight * 0.9;
  };
  if (!nodes.length || nodes.some(inSight)) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  nodes[0].scrollIntoView({ behavior: calm ? "instant" : "smooth", block: "center" });
}

// The names of all that is folded away, by the reader's link or by what has put a frame on the page.
export function awayIn({ settings, frame }) {
  return [...(settings?.hide ?? []), ...(frame?.hide ?? [])];
}
