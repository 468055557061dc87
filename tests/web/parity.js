// Runs of networks made in Python, for test_parity.py; and runs after edits held against runs from the start.
import { makeNetwork } from "../../lstm_viz/web/network/network.js";
import { readSafetensors } from "../../lstm_viz/web/network/safetensors.js";
import { loadSource, makeSource } from "../../lstm_viz/web/network/source.js";
import { packed } from "./in_page.js";

// cases: [{ about, weights: base64, inputs, initials, clamps }] → for each a list of layers, quantity → array
export function ran(cases) {
  return Promise.all(cases.map(async ({ about, weights, inputs, initials, clamps }) => {
    const module = await import(about.cell);
    const network = makeNetwork(about, module, readSafetensors(bytes(weights).buffer));
    const values = Float32Array.from(inputs.flat());
    const { layers } = network.run({ shape: [inputs.length, about.inputs], values }, { initials, clamps });
    return layers.map((layer) => packed(layer.values));
  }));
}

// edits: [{ tokens, clamps }] in turn → the places of those whose run, or what is said of it, differs in any bit from that
// of a network that has run nothing before
export async function edited({ about, edits }) {
  const [module, weights, vocabulary] = await Promise.all([
    import(about.cell),
    fetch(about.weights).then((response) => response.arrayBuffer()),
    about.vocabulary && fetch(about.vocabulary).then((response) => response.json()),
  ]);
  const lasting = makeSource(about, { module, weights, vocabulary });
  const wrong = [];
  for (const [k, { tokens, clamps }] of edits.entries()) {
    const fresh = makeSource(about, { module, weights, vocabulary });
    const [seen, wanted] = [lasting, fresh].map((source) => numbersOf(source, source.run(tokens, clamps)));
    if (!seen.every((values, n) => values.length === wanted[n].length && values.every((value, at) => Object.is(value, wanted[n][at])))) wrong.push(k);
  }
  return wrong;
}

function numbersOf(source, trace) {
  const recorded = trace.layers.flatMap(({ values }) => Object.values(values));
  return [...recorded, trace.inputs, source.predictions(trace)].map(({ values }) => values);
}

function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

// texts: lists of tokens → one array a name, the texts' rows after each other: of every layer's quantities the `last`
// rows of a text, of predictions all
export async function sampled({ about, texts, last }) {
  const source = await loadSource(about);
  const found = {};
  const add = (name, { shape: [steps, size], values }, rows = steps) => {
    (found[name] ??= { size, parts: [] }).parts.push(values.slice(Math.max(0, steps - rows) * size));
  };
  for (const tokens of texts) {
    const trace = source.run(tokens);
    add("predictions", source.predictions(trace));
    trace.layers.forEach((layer, k) => layer.quantities.forEach((name) => add(`${k} ${name}`, layer.values[name], last)));
  }
  return packed(Object.fromEntries(Object.entries(found).map(([name, { size, parts }]) => {
    const values = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => (values.set(part, at), at + part.length), 0);
    return [name, { shape: [values.length / size, size], values }];
  })));
}
