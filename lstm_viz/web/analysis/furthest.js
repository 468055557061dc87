// The largest size that numbers of a layer have at any step of its run. A key changes few steps: of those that the last
// run read just so before any other, it is known.
import { size } from "./limits.js";
import { stepNumbers } from "./step_numbers.js";

const known = new WeakMap(); // weights of a place → { inputs, sizes } of the last run, sizes: name → one a step

// arguments as of stepNumbers, of a layer without clamps; names: of the numbers → name → size
export function furthest(equations, layer, weights, inputs, names) {
  const { steps, units } = layer;
  const forward = layer.direction === "forward";
  const last = known.get(weights);
  const same = last ? alike(last.inputs, inputs, forward) : 0;
  const [from, to] = forward ? [same, steps] : [0, steps - same];
  const fresh = from < to ? stepNumbers(equations, layer, weights, inputs, from, to) : null;
  const sizes = Object.fromEntries(names.map((name) => {
    const each = new Float32Array(steps);
    if (same) each.set(forward ? last.sizes[name].subarray(0, same) : last.sizes[name].subarray(-same), forward ? 0 : to);
    const values = fresh?.values(name);
    for (let step = from; step < to; step++) {
      const start = values.length > units ? (step - from) * units : 0;
      each[step] = size(values.subarray(start, start + units));
    }
    return [name, each];
  }));
  known.set(weights, { inputs, sizes });
  return Object.fromEntries(names.map((name) => [name, size(sizes[name])]));
}

// How many steps two layers read alike, from the first that they read.
function alike(one, other, forward) {
  const [width, most] = [one.shape[1], Math.min(one.shape[0], other.shape[0])];
  const start = ({ shape: [steps] }, done) => (forward ? done : steps - 1 - done) * width;
  for (let done = 0; done < most; done++) {
    const [a, b] = [start(one, done), start(other, done)];
    for (let k = 0; k < width; k++) if (one.values[a + k] !== other.values[b + k]) return done;
  }
  return most;
}
