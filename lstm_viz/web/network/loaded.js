// The networks that this thread has loaded, and what a page counts with them; the page and its worker have one each.
import { difference } from "./check.js";
import { loadSource } from "./source.js";
import { viewOf } from "./view.js";

const MOST = 12; // networks that are kept, those used last
const sources = new Map(); // id → source
const underWay = new Map(); // id → promise

// networks: key → what the server says of it; resolves once all are there
export function load(networks) {
  return Promise.all(Object.values(networks).map(loadOne));
}

export const sourceOf = (about) => sources.get(about?.id);

function loadOne(about) {
  if (sources.has(about.id)) return keep(about.id, sources.get(about.id));
  if (!underWay.has(about.id)) {
    const loading = loadSource(about).then((source) => keep(about.id, source));
    underWay.set(about.id, loading.finally(() => underWay.delete(about.id)));
  }
  return underWay.get(about.id);
}

function keep(id, source) {
  sources.delete(id);
  sources.set(id, source);
  if (sources.size > MOST) sources.delete(sources.keys().next().value);
  return source;
}

// module: a page's numbers.js; part: "numbers", "chosen", or "check", how far the hidden states are from PyTorch's
export function made(module, part, { networks, shown, settings, check, arrays }) {
  const view = viewOf(Object.fromEntries(Object.entries(networks).map(([key, about]) => [key, sourceOf(about)])), shown, settings);
  if (part !== "check") return module[part](view);
  return difference(module.layers?.(view) ?? { [shown]: view.layer }, check, arrays);
}
