// The networks that this thread has loaded, and what a page counts with them; the page and its worker have one each.
import { difference } from "./check.js";
import { fetched, loadSource } from "./source.js";
import { makeStates, nearest } from "./states.js";
import { viewOf } from "./view.js";

const MOST = 12; // networks that are kept, those used last
const sources = new Map(); // id → source
const underWay = new Map(); // id → promise

// networks: key → what the server says of it; states: whether those through training are wanted; resolves once all are there
export async function load(networks, { states = false } = {}) {
  const abouts = Object.values(networks);
  await Promise.all(abouts.map(loadOne));
  await Promise.all(abouts.filter((about) => about.states && (states || isHeld(about))).map(loadStates));
}

// Whether a network is shown at one of its states whatever is chosen.
const isHeld = ({ checkpoint = null }) => checkpoint !== null;

// The network as it was after so many training steps, or at the nearest state; undefined while it is not there.
export function sourceOf(about, chosen = null) {
  const end = sources.get(about?.id);
  const checkpoint = about?.checkpoint ?? chosen;
  if (!end || checkpoint === null || !about.states) return end;
  const step = nearest(about.states.steps, checkpoint);
  return step === about.states.steps[about.states.steps.length - 1] ? end : end.states?.at(step);
}

function loadOne(about) {
  if (sources.has(about.id)) return keep(about.id, sources.get(about.id));
  return once(about.id, async () => keep(about.id, await loadSource(about)));
}

function loadStates(about) {
  const end = sources.get(about.id);
  return end.states ?? once(about.states.file, async () => (end.states = makeStates(about, end, await fetched(about.states.file, "arrayBuffer"))));
}

// What is under way is waited for by all who ask.
function once(name, begin) {
  if (!underWay.has(name)) underWay.set(name, begin().finally(() => underWay.delete(name)));
  return underWay.get(name);
}

function keep(id, source) {
  sources.delete(id);
  sources.set(id, source);
  if (sources.size > MOST) sources.delete(sources.keys().next().value);
  return source;
}

// module: a page's numbers.js; part: "numbers", "chosen", or "check", how far the hidden states are from PyTorch's
export function made(module, part, { networks, shown, settings, check, arrays }) {
  const view = viewOf(Object.fromEntries(Object.entries(networks).map(([key, about]) => [key, sourceOf(about, settings.checkpoint)])), shown, settings);
  if (part !== "check") return module[part](view);
  return difference(module.layers?.(view) ?? { [shown]: view.layer }, check, arrays);
}
