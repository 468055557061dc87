// Heatmaps that are heard: each takes the arrow keys, and is to a screen reader a slider whose value is the chosen cell in
// words. Roles of tables would need an element a cell; an image's value is not read out as it changes.
import { clamp, columnOf } from "./geometry.js";
import { focused } from "./said.js";

const KEYS = { ArrowLeft: { step: -1 }, ArrowRight: { step: 1 }, ArrowUp: { row: -1 }, ArrowDown: { row: 1 }, PageUp: { row: -8 }, PageDown: { row: 8 } };
const MAPS = ".plot.heatmap";
export const HEARD = "data-heard"; // of what takes arrow keys and says its own value

// state: of the page, with `header.axis`, `header.steps` and `step`; describe(column, name, row) → the words for a cell
// move({ step, row }): so many on; rowOf(name): the row that is chosen, null where a page has none, and each map its own
// rowsOf(name): how many there are; about: what the keys do, and what a map is called that has no heading
// → tell(): has all of them say what is chosen now
export function hearMaps({ workspace, state, describe, move, rowOf, rowsOf, about = {} }) {
  const { title = "", across = "time step", down = "unit" } = about;
  const own = new Map(); // name → the row, where the page has none

  function tell() {
    if (!state.header?.steps) return;
    for (const plot of workspace.querySelectorAll(MAPS)) if (!plot.closest("[hidden]")) tellOf(plot);
  }

  function tellOf(plot) {
    const { header: { axis, steps }, step } = state;
    const name = plot.dataset.view;
    const row = rowHere(name);
    const heading = plot.closest(".track").querySelector(".label :is(h2, h3, h4)");
    const said = {
      tabindex: 0, role: "slider", "aria-roledescription": "heatmap", [HEARD]: "", "aria-label": titleOf(heading) || title,
      "aria-description": `Left and right: ${across}. Up and down: ${down}.`,
      "aria-valuemin": 0, "aria-valuemax": steps - 1, "aria-valuenow": step,
      "aria-valuetext": sentenceOf(step, describe(columnOf(axis.edges, step), name, row)),
    };
    for (const [attribute, value] of Object.entries(said)) plot.setAttribute(attribute, value);
    if (rowOf(name) === null) plot.style.setProperty("--chosen-row", row);
  }

  const rowHere = (name) => rowOf(name) ?? clamp(own.get(name) ?? 0, Math.max(1, rowsOf(name)));

  workspace.addEventListener("keydown", (event) => {
    const plot = event.composedPath()[0].closest?.(MAPS);
    if (!plot?.hasAttribute(HEARD) || !state.header?.steps || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const ends = { Home: { step: -state.step }, End: { step: state.header.steps - 1 - state.step } };
    const by = KEYS[event.key] ?? ends[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const name = plot.dataset.view;
    if (by.row && rowOf(name) === null) own.set(name, clamp(rowHere(name) + by.row, rowsOf(name)));
    else move(by);
    tellOf(plot);
  });
  return tell;
}

// Whether what has the focus says itself where the reader is.
export const focusSaysIt = () => Boolean(focused()?.hasAttribute(HEARD));

// Where one is, in one sentence: the step, then what is there.
export function sentenceOf(step, words) {
  return `Step ${step}, ${words.join(", ").replaceAll("→", "to")}`;
}

// A heading begins with a swatch and ends with a symbol; its name is the text between.
function titleOf(heading) {
  const text = [...(heading?.childNodes ?? [])].find((each) => each.nodeType === Node.TEXT_NODE && each.textContent.trim());
  return (text ?? heading)?.textContent.trim() ?? "";
}
