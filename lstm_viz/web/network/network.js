// A network of weights: what arrives at every step → its layers, in one direction or two → what its head gives.
import { heldAlike, heldIn } from "./clamps.js";
import { products } from "./kernel.js";
import { inputsFrom, makeLayer, matricesOf } from "./layer.js";

// tensors: name → { shape, values }, by PyTorch's names; module: the compiled cell
export function makeNetwork(about, module, tensors) {
  const directions = about.bidirectional ? ["forward", "backward"] : ["forward"];
  const places = Array.from({ length: about.layers }, (_, index) => directions.map((direction) => ({ index, direction }))).flat();
  const weights = places.map((place) => weightsOf(place, module.cell, tensors));
  check(about, module.cell, weights, tensors);
  // A network without a head gives nothing: so many numbers, of so many.
  const width = (directions.length * about.shown);
  const said = tensors.get("head.weight") ?? { shape: [0, width], values: new Float32Array(0) };
  const head = { weight: said, bias: tensors.get("head.bias")?.values ?? new Float32Array(0) };
  const [outputs, answering] = head.weight.shape;

  // All in one piece of memory: first the head, then each layer's own.
  const lists = weights.map((each) => matricesOf(module, each));
  const made = products([{ rows: outputs, columns: answering, weight: head.weight.values, bias: head.bias }, ...lists.flat()]);
  const headProduct = made.shift();
  const layers = places.map((place, k) => {
    const own = made.splice(0, lists[k].length);
    return { place, arriving: own[0], run: makeLayer(module, weights[k], place, own) };
  });

  const known = layers.map(() => new Map()); // for each layer: symbol → what arrives for it, times the weights

  function byWeights({ arriving }, k, inputs, symbols) {
    const fresh = inputsFrom(arriving, inputs);
    if (!symbols) return fresh;
    return (step) => {
      const symbol = symbols[step];
      if (!known[k].has(symbol)) known[k].set(symbol, fresh(step).slice());
      return known[k].get(symbol);
    };
  }

  // Every layer on what arrives, (T, I): { layers, shared, done }
  // shared: how many steps from the first on, in all that the head reads, are those of the earlier run
  // done: how many steps were computed, in all layers
  // symbols: for every step what stands in the embedding's table; null where numbers arrive
  // initials: for every layer, state → values
  // earlier: { layers, prefix, suffix }, a run of which so many steps at either end read the same
  function run(inputs, { symbols = null, clamps = [], initials = [], earlier = null } = {}) {
    const [steps] = inputs.shape;
    const done = [];
    let [arriving, same, fresh] = [inputs, earlier, 0];
    for (let k = 0; k < layers.length; k += directions.length) {
      const both = layers.slice(k, k + directions.length).map((layer, j) => {
        const held = heldIn(clamps, layer.place, steps, about);
        const kept = same && keptOf(same, earlier.layers[k + j], held, steps);
        const inputAt = byWeights(layer, k + j, arriving, k ? null : symbols);
        return { kept: kept ?? { count: 0 }, layer: layer.run({ steps, inputAt, initial: initials[k + j], held, kept }) };
      });
      done.push(...both.map(({ layer }) => layer));
      fresh += both.reduce((sum, { kept }) => sum + steps - kept.count, 0);
      arriving = sideBySide(both.map(({ layer }) => shownBy(layer)));
      same = same && sameAbove(both, steps);
    }
    return { layers: done, shared: same?.prefix ?? 0, done: fresh };
  }

  // What the head gives for hidden states, (T, P): (T, outputs); known: an array that the first rows are taken from
  function outputsOf({ shape: [steps, width], values }, known = new Float64Array(0), first = 0) {
    const found = new Float64Array(steps * outputs);
    if (!outputs) return { shape: [steps, 0], values: found };
    found.set(known.subarray(0, first * outputs));
    for (let step = first; step < steps; step++) {
      for (let k = 0; k < width; k++) headProduct.from[k] = values[step * width + k];
      headProduct.multiply();
      found.set(headProduct.to, step * outputs);
    }
    return { shape: [steps, outputs], values: found };
  }

  return { places, run, head, outputsOf, weights: (place) => weights[places.indexOf(place)] };
}

// What is kept of an earlier run of a layer: as many steps from where it begins as read the same and are held alike.
function keptOf({ prefix, suffix }, layer, held, steps) {
  const forward = layer.direction === "forward";
  const most = forward ? prefix : suffix;
  const alike = (done) => (forward ? heldAlike(held, done, layer, done) : heldAlike(held, steps - 1 - done, layer, layer.steps - 1 - done));
  let count = 0;
  while (count < most && alike(count)) count++;
  return { layer, count };
}

// Its hidden states as they were computed, before they were rounded.
function shownBy({ steps, rows, values: { hidden_state: { shape } } }) {
  return { shape, values: rows.hidden_state.subarray(0, steps * shape[1]) };
}

// At how many steps from either end all of them show what they showed.
function sameAbove(both, steps) {
  const all = ({ kept }) => (kept.count === steps && kept.layer.steps === steps ? steps : 0);
  const least = (direction) => Math.min(...both.map((each) => (each.layer.direction === direction ? each.kept.count : all(each))));
  return { prefix: least("forward"), suffix: least("backward") };
}

// Arrays of as many rows as one.
export function sideBySide(arrays) {
  if (arrays.length === 1) return arrays[0];
  const [steps] = arrays[0].shape;
  const width = arrays.reduce((sum, { shape }) => sum + shape[1], 0);
  const values = new arrays[0].values.constructor(steps * width);
  let left = 0;
  for (const { shape: [, own], values: from } of arrays) {
    for (let step = 0; step < steps; step++) values.set(from.subarray(step * own, (step + 1) * own), step * width + left);
    left += own;
  }
  return { shape: [steps, width], values };
}

function weightsOf({ index, direction }, cell, tensors) {
  const place = `_l${index}${direction === "backward" ? "_reverse" : ""}`;
  const find = (kind) => tensors.get(`recurrent.${kind}${place}`) ?? null;
  // As `own_name` of module.py: a variant's own weights stand by themselves in the first layer forward.
  const own = (name) => tensors.get(`recurrent.${name}${place === "_l0" ? "" : place}`) ?? null;
  const parameters = Object.keys(cell.parameters).map((name) => [name, own(name)]);
  return {
    input: find("weight_ih"),
    hidden: find("weight_hh"),
    inputBias: find("bias_ih"),
    hiddenBias: find("bias_hh"),
    projection: find("weight_hr"),
    parameters: Object.fromEntries(parameters),
  };
}

// An Error where a weight is not there or has another shape than the network says.
function check({ units, shown, inputs, bidirectional, vocabulary }, cell, weights, tensors) {
  const rows = units * cell.quantities.filter(({ weighted }) => weighted).length;
  const across = bidirectional ? 2 : 1;
  const expect = (name, tensor, ...shape) => {
    const fits = tensor && tensor.shape.length === shape.length && shape.every((n, k) => n === null || n === tensor.shape[k]);
    if (!fits) throw new Error(`The weights' ${name} is ${tensor ? tensor.shape.join(" × ") : "missing"}; expected ${shape.map((n) => n ?? "any").join(" × ")}.`);
  };
  weights.forEach(({ input, hidden, inputBias, hiddenBias, projection, parameters }, k) => {
    expect(`weight_ih ${k}`, input, rows, k < across ? inputs : across * shown);
    if (cell.recurrent) expect(`weight_hh ${k}`, hidden, rows, shown);
    if (inputBias) expect(`bias_ih ${k}`, inputBias, rows);
    if (hiddenBias) expect(`bias_hh ${k}`, hiddenBias, rows);
    if (projection || shown !== units) expect(`weight_hr ${k}`, projection, shown, units);
    for (const [name, dimensions] of Object.entries(cell.parameters)) expect(name, parameters[name], ...Array(dimensions).fill(units));
  });
  if (vocabulary) expect("embedding.weight", tensors.get("embedding.weight"), null, inputs);
  if (!tensors.has("head.weight")) return;
  expect("head.weight", tensors.get("head.weight"), null, across * shown);
  expect("head.bias", tensors.get("head.bias"), tensors.get("head.weight").shape[0]);
}
