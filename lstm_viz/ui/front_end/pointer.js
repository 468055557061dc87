// Pointer and keys. Hovering moves marks in every view at once, by one CSS variable, and never asks the server.

export function listen({ root, workspace, tip, editor, state, choose, move, describe }) {
  const spot = (event) => {
    const plot = event.target.closest?.(".plot");
    if (!plot || !state.header?.steps) return null;
    const box = plot.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left) / (box.width / state.header.axis.labels.length));
    if (column < 0 || column >= state.header.axis.labels.length) return null;
    const row = Math.floor((event.clientY - box.top) / state.row);
    const heat = plot.classList.contains("heatmap");
    return { column, row: heat ? Math.min(state.header.order.length - 1, Math.max(0, row)) : null, name: plot.dataset.view };
  };

  workspace.onpointermove = (event) => {
    const place = spot(event);
    workspace.classList.toggle("hovering", Boolean(place));
    tip.hidden = !place;
    if (!place) return;
    workspace.style.setProperty("--hovered", place.column);
    tip.replaceChildren(...describe(place.column, place.name, place.row).map(line));
    const box = root.getBoundingClientRect();
    const right = event.clientX - box.left + 16;
    tip.style.left = `${Math.max(0, Math.min(right, box.width - tip.offsetWidth - 4))}px`;
    tip.style.top = `${event.clientY - box.top + 18}px`;
  };
  workspace.onpointerleave = () => {
    workspace.classList.remove("hovering");
    tip.hidden = true;
  };
  workspace.onclick = (event) => {
    const place = spot(event);
    if (!place) return;
    choose(state.header.axis.edges[place.column], place.row === null ? state.unit : state.header.order[place.row]);
  };

  const moves = { ArrowLeft: { step: -1 }, ArrowRight: { step: 1 }, ArrowUp: { row: -1 }, ArrowDown: { row: 1 } };
  const onKey = (event) => {
    const target = event.composedPath()[0];
    const typing = target.matches?.("input, textarea, select, [contenteditable], [role=slider], [role=tab]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !state.header?.steps) return;
    if (event.key === "Escape") editor.area.focus();
    else if (event.key in moves && (root.contains(target) || target === document.body || event.key in { ArrowLeft: 1, ArrowRight: 1 })) {
      move(moves[event.key]);
      event.preventDefault();
    }
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}

function line(text) {
  const node = document.createElement("div");
  node.textContent = text;
  return node;
}
