// One network on show, the same object to every page: it reads texts, runs on them, and remembers the last runs.
// Mirrors `lstm_viz/sources/source.py` and `Model` of `lstm_viz/tasks/model.py`.
import { sharedEnds } from "../core/text.js";
import { answering, sigmoid } from "./answers.js";
import { makeNetwork, sideBySide } from "./network.js";
import { readerOf } from "./readers/reader.js";
import { readSafetensors } from "./safetensors.js";

const [RUNS, TEXTS] = [4, 4]; // how many runs without clamps are remembered, how many with, and how many texts
const WARM = 32; // steps that are run before there is a text: how long they take tells what a text will

// about: what the server says of a network; fetches the three files that it names
export async function loadSource(about) {
  const [module, weights, vocabulary] = await Promise.all([
    import(about.cell),
    fetched(about.weights, "arrayBuffer"),
    about.vocabulary ? fetched(about.vocabulary, "json") : null,
  ]);
  return makeSource(about, { module, weights, vocabulary });
}

export async function fetched(address, kind) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} could not be fetched: ${response.status}.`);
  return response[kind]();
}

// module: the compiled cell; weights: ArrayBuffer of a file, or the tensors themselves by name; vocabulary: a list of
// symbols, null where numbers are read; pace: milliseconds that a step of a layer takes, where a network like this one has told
export function makeSource(about, { module, weights, vocabulary }, { pace = 0 } = {}) {
  const tensors = weights instanceof Map ? weights : readSafetensors(weights);
  const network = makeNetwork(about, module, tensors);
  const reader = readerOf(about.reader, vocabulary);
  const answer = about.answers ? answering(about.answers) : (raw) => raw; // a network without a head says nothing
  const labels = about.labels ?? vocabulary.slice(1);
  const table = tensors.get("embedding.weight");
  const rowOf = table?.row ?? ((symbol) => table.values.subarray(symbol * table.shape[1], (symbol + 1) * table.shape[1]));
  const { places } = network;
  const said = new WeakMap(); // trace → { raw, predictions }: what the head gives, and what is made of it
  const runs = { free: [], held: [] };
  const readings = [];

  // The entry of a key, the newest first; made where it is not there.
  function remembered(entries, key, most, make) {
    const found = entries.findIndex((each) => each.key === key);
    const [entry] = found < 0 ? [{ key, value: make() }] : entries.splice(found, 1);
    entries.unshift(entry);
    entries.splice(most);
    return entry.value;
  }

  // Symbols as rows of the embedding, or the numbers themselves: { inputs: (T, I), symbols: positions or null }
  function arriving(tokens) {
    const encoded = reader.encode(tokens);
    if (!table) return { inputs: encoded, symbols: null };
    const [, size] = table.shape;
    const values = new Float32Array(tokens.length * size);
    encoded.forEach((symbol, step) => values.set(rowOf(symbol), step * size));
    return { inputs: { shape: [tokens.length, size], values }, symbols: encoded };
  }

  // The run on tokens, at least one; what stands before an edit, or after it, is taken from the run that it changed.
  function run(tokens, clamps = []) {
    return remembered(clamps.length ? runs.held : runs.free, JSON.stringify([tokens, clamps]), RUNS, () => traced(tokens, clamps));
  }

  function traced(tokens, clamps) {
    const { inputs, symbols } = arriving(tokens);
    const earlier = nearest(tokens, clamps.length > 0);
    const { layers, shared } = timed(inputs, { symbols, clamps, earlier });
    const trace = { labels: tokens.map(reader.show), tokens: [...tokens], inputs, layers };
    if (shared && said.has(earlier.trace)) say(trace, said.get(earlier.trace), shared);
    return trace;
  }

  function timed(inputs, options) {
    const start = performance.now();
    const found = network.run(inputs, options);
    // A few steps are over before a browser's clock moves.
    if (found.done >= WARM) pace = (performance.now() - start) / found.done;
    return found;
  }

  // The remembered run that shares most steps with one on these tokens; null where none shares any. A run with clamps
  // goes its own way from where they hold, so what shares less of the text with it, but is held too, may share more.
  function nearest(tokens, held) {
    const worth = (kept, run) => (about.bidirectional ? run.prefix + run.suffix : run.prefix) * (held && kept === runs.held ? 2 : 1);
    const shared = [runs.free, runs.held].flatMap((kept) => kept.map(({ value: trace }) => {
      const run = { trace, layers: trace.layers, ...sharedEnds(trace.tokens, tokens) };
      return { run, worth: worth(kept, run) };
    }));
    const best = shared.reduce((a, b) => (a.worth >= b.worth ? a : b), { run: null, worth: 0 });
    return best.run;
  }

  // What is said after every step; the first steps as in another run.
  function say(trace, { raw, predictions } = {}, first = 0) {
    const found = network.outputsOf(answeringStates(trace), raw?.values, first);
    const made = eachStep(found, labels.length, answer, predictions?.values, first);
    said.set(trace, { raw: found, predictions: made });
  }

  function saidIn(trace) {
    if (!said.has(trace)) say(trace);
    return said.get(trace);
  }

  function answeringStates({ layers }) {
    const top = layers.filter(({ index }) => index === places[places.length - 1].index);
    return sideBySide(top.map(({ values }) => values.hidden_state));
  }

  // make: one step's raw outputs → so many values; known: an array that the first rows are taken from
  function eachStep({ shape: [steps, size], values }, width, make, known = new Float64Array(0), first = 0) {
    const found = new Float32Array(steps * width);
    found.set(known.subarray(0, first * width));
    for (let step = first; step < steps; step++) found.set(make(values.subarray(step * size, (step + 1) * size)), step * width);
    return { shape: [steps, width], values: found };
  }

  // What the next steps would be, each guessed from all before, guesses included; none where the task looks one ahead.
  function forecast(tokens) {
    if (about.horizon === 1) return [];
    let { layers } = run(tokens);
    return Array.from({ length: about.horizon }, () => {
      const raw = network.outputsOf(lastRow(answeringStates({ layers }))).values;
      const initials = layers.map(last);
      layers = network.run({ shape: [1, raw.length], values: raw }, { initials }).layers;
      return answer(raw)[0];
    });
  }

  // Code that ran is quicker than code that did not: the second time counts.
  for (let k = pace ? 2 : 0; k < 2; k++) timed({ shape: [WARM, about.inputs], values: new Float32Array(WARM * about.inputs) }, {});

  const followers = about.followers.length;
  return {
    about,
    cell: module.cell,
    places,
    labels,
    vocabulary,
    reader,
    table,
    made: { module, vocabulary }, // what a state of the same network on the way through training shares with it
    pace: () => pace,
    head: network.head,
    answer,
    run,
    forecast,
    answeringStates,
    keep: module.keep,
    add: module.add,
    share: module.share,
    content: module.content,
    show: module.show,
    read: (text) => remembered(readings, text, TEXTS, () => reader.read(text, about.limit)),
    // About how many milliseconds a run on so many tokens takes here, with nothing to begin from.
    expected: (tokens) => pace * tokens.length * places.length,
    unknown: (tokens) => reader.unknown(tokens, about.range),
    layer: (trace, place) => trace.layers[places.findIndex(({ index, direction }) => index === place.index && direction === place.direction)],
    // What is said after every step, (T, labels).
    predictions: (trace) => saidIn(trace).predictions,
    // For each of the symbols that may follow, whether it may: (T, symbols); null where the network does not say.
    followers: (trace) => (followers ? eachStep(saidIn(trace).raw, followers, (raw) => raw.subarray(raw.length - followers).map(sigmoid)) : null),
    weights: network.weights,
    // What arrives at a place at every step, (T, I).
    inputs: ({ inputs, layers }, { index }) => (index ? sideBySide(layers.filter((each) => each.index === index - 1).map(({ values }) => values.hidden_state)) : inputs),
    // Whether the answer is read from this place's hidden state, and from nothing else.
    answersFrom: ({ index }) => about.answers !== null && index === places[places.length - 1].index && !about.bidirectional,
  };
}

const lastRow = ({ shape: [steps, size], values }) => ({ shape: [1, size], values: values.subarray((steps - 1) * size) });

// What the step that a layer did last leaves to the next.
function last(layer) {
  const row = layer.direction === "forward" ? layer.steps - 1 : 0;
  return Object.fromEntries(layer.cell.quantities.filter(({ carried }) => carried).map(({ name }) => {
    const size = layer.rows[name].length / (layer.steps + 1);
    return [name, layer.rows[name].subarray(row * size, (row + 1) * size)];
  }));
}
