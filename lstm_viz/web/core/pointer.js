// Pointer and keys. Hovering moves marks in every view at once, by one CSS variable, and never asks the server.
import { element } from "./dom.js";
import { within } from "./geometry.js";

// choose(step, unit): a click; describe(column, name, row) → lines on what the pointer is on
// rows: { row, unit } where rows of a heatmap are something else than units
// returns what tells anew of the place under a pointer that rests, to be called when the page shows something else
export function followPointer({ root, workspace, state, rows = state, choose, describe }) {
  const tip = element("div", { class: "tip", hidden: "" });
  root.append(tip);
  // It can have the focus: after a click in it, the arrow keys are its own and do not scroll the page.
  workspace.tabIndex = -1;
  const spot = (event) => {
    const plot = event.target.closest?.(".plot");
    if (!plot || !state.header?.steps) return null;
    const [x, y] = within(plot, event);
    const column = Math.floor(x / (plot.clientWidth / state.header.axis.labels.length));
    if (!(column >= 0 && column < state.header.axis.labels.length)) return null;
    const row = Math.floor(y / rows.row);
    const heat = plot.classList.contains("heatmap");
    return { column, row: heat ? Math.min(state.header.order.length - 1, Math.max(0, row)) : null, name: plot.dataset.view };
  };

  let last = null;
  let pointed = null; // the column whose tokens stand out
  const pointAt = (column) => {
    if (column === pointed) return;
    for (const tokens of workspace.querySelectorAll(".tokens")) {
      tokens.children[pointed]?.classList.remove("pointed");
      tokens.children[column]?.classList.add("pointed");
    }
    pointed = column;
  };
  const point = (event) => {
    const place = spot(event);
    pointAt(place ? place.column : null);
    workspace.classList.toggle("hovering", Boolean(place));
    tip.hidden = !place;
    if (!place) return;
    workspace.style.setProperty("--hovered", place.column);
    tip.replaceChildren(...describe(place.column, place.name, place.row).map((text) => element("div", {}, text)));
    const [x, y] = within(root, event);
    tip.style.left = `${Math.max(0, Math.min(x + 16, root.clientWidth - tip.offsetWidth - 4))}px`;
    tip.style.top = `${y + 18}px`;
  };
  workspace.onpointermove = ({ target, clientX, clientY }) => {
    last = { target, clientX, clientY };
    point(last);
  };
  workspace.onpointerleave = () => {
    last = null;
    pointAt(null);
    workspace.classList.remove("hovering");
    tip.hidden = true;
  };
  workspace.onclick = (event) => {
    const place = spot(event);
    if (!place) return;
    choose(state.header.axis.edges[place.column], place.row === null ? rows.unit : state.header.order[place.row]);
  };
  return () => last && requestAnimationFrame(() => last && point(last));
}
