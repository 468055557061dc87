// The numbers of a notation that defines a gate the other way round, by those of the cell as it is computed: under another
// name, or with the other sign. Mirrors `in_sense` of analysis/equations/senses.py, which says which.

//   opposite: null, or { renamed, negated, gates }; arrays: name → { shape, values }; limits: name → [low, high]
export function inSense(opposite, { arrays, limits, ...held }) {
  if (!opposite) return { ...held, arrays, limits };
  const { renamed, negated, gates } = opposite;
  const found = { ...arrays };
  for (const [name, old] of Object.entries(renamed)) if (old in arrays) found[name] = arrays[old];
  const weights = Object.keys(arrays).filter((name) => gates.some((gate) => name.startsWith("weights of ") && name.endsWith(` for ${gate}`)));
  for (const name of [...negated, ...weights]) {
    if (name in arrays) found[name] = { ...arrays[name], values: arrays[name].values.map((value) => -value) };
  }
  // The gate and what it leaves over keep the ends of their own strips.
  const ends = Object.entries(renamed).map(([name, old]) => [name, limits[name] ?? limits[old]]);
  return { ...held, arrays: found, limits: { ...limits, ...Object.fromEntries(ends) } };
}
