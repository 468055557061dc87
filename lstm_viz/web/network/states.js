// A network's states through training, all in one file: each becomes a source like any other when it is asked for.
// Mirrors `lstm_viz/tasks/checkpoints.py` and `nearest` of `lstm_viz/sources/states.py`.
import { makeSource } from "./source.js";
import { readSafetensors } from "./safetensors.js";

const MOST = 24; // states that are kept, those used last

// The step nearest to one that is asked for, the later of two as near; of none, the last.
export function nearest(steps, step) {
  if (step === null) return steps[steps.length - 1];
  return steps.reduce((best, each) => (Math.abs(each - step) <= Math.abs(best - step) ? each : best));
}

// about: what the server says of the network; end: it as its training ended, with what it was made of; bytes: the file
// → step → source
export function makeStates(about, end, bytes) {
  const { steps } = about.states;
  const tensors = readSafetensors(bytes);
  const kept = new Map(); // step → source, the one used last at the end

  function at(step) {
    if (step === steps[steps.length - 1]) return end;
    const source = kept.get(step) ?? made(step);
    kept.delete(step);
    kept.set(step, source);
    if (kept.size > MOST) kept.delete(kept.keys().next().value);
    return source;
  }

  function made(step) {
    const named = [...tensors].filter(([name]) => name.startsWith(`${step}/`)).map(([name, tensor]) => [name.slice(`${step}/`.length), tensor]);
    const own = new Map(named);
    const parts = tensors.get("embedding/parts");
    if (parts) own.set("embedding.weight", summed(end.table, parts, tensors.get("embedding/shares"), steps.indexOf(step)));
    return makeSource(about, { ...end.made, weights: own }, { pace: end.pace() });
  }
  return { at };
}

// An embedding as the one that training ended with and shares of a few parts, (K, V, I); made row by row, when a symbol is read.
function summed({ shape, values }, { shape: [count], values: parts }, { values: shares }, state) {
  const [, size] = shape;
  const row = (symbol) => {
    const found = new Float32Array(size);
    for (let k = 0; k < size; k++) {
      let sum = values[symbol * size + k];
      for (let part = 0; part < count; part++) sum += shares[state * count + part] * parts[part * values.length + symbol * size + k];
      found[k] = sum;
    }
    return found;
  };
  return { shape, row };
}
