// Dragging over a heatmap chooses several units and steps at once.
import { element } from "../core/dom.js";
import { ranges } from "../core/format.js";
import { within } from "../core/geometry.js";

// onChosen(columns, units): first and last column, and the units as text such as "3, 5-8"
export function rectangles({ plots, state, signal }, onChosen) {
  const box = element("div", { class: "drag" });
  let start = null;
  let ended = false;
  const spot = (plot, event) => {
    const [x, y] = within(plot, event);
    const limit = (value, size) => Math.min(size - 1, Math.max(0, Math.floor(value)));
    return [
      limit(x / state.column, state.header.axis.labels.length),
      limit(y / state.row, state.header.order.length),
    ];
  };
  const sorted = (a, b) => (a < b ? [a, b] : [b, a]);
  for (const plot of plots) {
    plot.onpointerdown = (event) => {
      if (event.pointerType === "touch") return; // a finger scrolls the page
      start = { plot, from: spot(plot, event) };
      ended = false;
    };
  }
  const onMove = (event) => {
    if (!start) return;
    const to = spot(start.plot, event);
    if (to.join() === start.from.join() && !box.isConnected) return;
    const [[left, right], [top, bottom]] = [0, 1].map((k) => sorted(start.from[k], to[k]));
    start.plot.append(box);
    box.style.left = `${left * state.column}px`;
    box.style.width = `${(right - left + 1) * state.column}px`;
    box.style.top = `${top * state.row}px`;
    box.style.height = `${(bottom - top + 1) * state.row}px`;
    start.chosen = [[left, right], ranges(state.header.order.slice(top, bottom + 1))];
    event.preventDefault();
  };
  const onUp = () => {
    if (start?.chosen) {
      onChosen(...start.chosen);
      ended = true;
      // The click that follows belongs to the drag; where none follows, the next one is the user's own.
      setTimeout(() => (ended = false), 0);
    }
    start = null;
    box.remove();
  };
  document.addEventListener("pointermove", onMove, { signal });
  document.addEventListener("pointerup", onUp, { signal });
  return { justEnded: () => ended };
}
