// How far the browser's hidden states are from those that PyTorch computed; `ui/views/check.py` sends them.

// layers: key → layer, see source.js; check: key → { steps, units }; arrays: `check KEY` → their hidden states there
// → { most: the largest difference, seen: how many were compared, of: how many there are }
export function difference(layers, check, arrays) {
  const found = { most: 0, seen: 0, of: 0 };
  for (const [key, { steps, units }] of Object.entries(check)) {
    const { shape: [all, width], values } = layers[key].values.hidden_state;
    const theirs = arrays[`check ${key}`].values;
    found.of += all * width;
    found.seen += theirs.length;
    steps.forEach((step, row) => {
      units.forEach((unit, k) => {
        const apart = Math.abs(values[step * width + unit] - theirs[row * units.length + k]);
        // What is no number is as far off as can be.
        found.most = apart <= found.most ? found.most : Number.isNaN(apart) ? Infinity : apart;
      });
    });
  }
  return found;
}
