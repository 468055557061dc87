// What the harness of in_page.py runs in its page: networks loaded once, their numbers as text that Python reads.
import { loadSource } from "../../lstm_viz/web/network/source.js";
import { viewOf } from "../../lstm_viz/web/network/view.js";

const sources = new Map(); // id → promise of the source

export function sourceOf(about) {
  if (!sources.has(about.id)) sources.set(about.id, loadSource(about));
  return sources.get(about.id);
}

// about: key → what `network` of a source gives; part: "numbers" or "chosen" → as a page's module makes it, arrays packed
export async function made({ about, shown, settings, page, part }) {
  const module = await import(`../../lstm_viz/web/pages/${page}/numbers.js`);
  const loaded = await Promise.all(Object.entries(about).map(async ([key, each]) => [key, await sourceOf(each)]));
  const { header, arrays } = module[part](viewOf(Object.fromEntries(loaded), shown, settings));
  return { header, arrays: packed(arrays) };
}

// A run on tokens and what follows from it, as { name: array } packed: `layer.quantity`, inputs, predictions, followers.
export async function ran({ about, tokens, clamps }) {
  const source = await sourceOf(about);
  const trace = source.run(tokens, clamps);
  const arrays = { inputs: trace.inputs, predictions: source.predictions(trace) };
  const followers = source.followers(trace);
  if (followers) arrays.followers = followers;
  trace.layers.forEach((layer, k) => layer.quantities.forEach((name) => (arrays[`${k} ${name}`] = layer.values[name])));
  return { labels: trace.labels, unknown: source.unknown(tokens), forecast: source.forecast(tokens), arrays: packed(arrays) };
}

// name → { shape, values }, with the values in base64 of float32
export function packed(arrays) {
  return Object.fromEntries(Object.entries(arrays).map(([name, { shape, values }]) => [name, { shape, values: base64(values) }]));
}

function base64(values) {
  const bytes = new Uint8Array(Float32Array.from(values).buffer);
  let text = "";
  for (let k = 0; k < bytes.length; k += 8192) text += String.fromCharCode(...bytes.subarray(k, k + 8192));
  return btoa(text);
}
