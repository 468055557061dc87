// What a view shows, in the few lines that stand above a picture of it.

// state: see mount.js → { title, lines, name: of a file }
export function aboutView({ header, step, unit }) {
  const [page] = document.title.split(" · ");
  const { menu, layers = [], layer, notations = [], settings, clamps = [], axis } = header;
  const titleIn = (options, value) => options?.find(([each]) => each === value)?.[1] ?? "";
  const task = titleIn(menu.tasks, menu.task);
  const cell = titleIn(menu.cells, menu.cell);
  const place = layers.length > 1 ? titleIn(layers, layer) : "";
  const symbols = titleIn(notations, settings.notation);
  const token = axis?.labels.length ? axis.labels[columnAt(axis.edges, step)] : header.labels?.[step - header.first];
  const chosen = header.steps ? `step ${step}${token ? ` “${token}”` : ""}, unit ${unit}` : "";
  const held = clamps.filter(({ active }) => active).map(({ title, where }) => `${title} (${where})`);
  const { checkpoint = null } = settings;
  const when = checkpoint === null ? "" : checkpoint ? `after ${checkpoint.toLocaleString("en-US")} training steps` : "untrained";
  const lines = [[task, cell, when, place, chosen, symbols && `symbols: ${symbols}`].filter(Boolean).join(" · "), held.length ? `Held: ${held.join("; ")}` : ""];
  return { title: page, lines: lines.filter(Boolean), name: [page, task, cell].filter(Boolean).join(" ") };
}

function columnAt(edges = [], step) {
  return Math.max(0, edges.findLastIndex((edge, k) => edge <= step && k < edges.length - 1));
}
