// Which gates are stuck: how much of the time each unit is all but shut, or all but open; mirrors analysis/saturation.py.

const [SHUT, OPEN] = [0.1, 0.9];

// layer: see network/source.js → { shut, open }: arrays (gates, units), shares of the steps; null for a cell without gates
export function saturation({ cell, values, steps, units }) {
  const gates = cell.quantities.filter(({ role }) => role === "gate");
  if (!gates.length) return null;
  const [shut, open] = [new Int32Array(gates.length * units), new Int32Array(gates.length * units)];
  gates.forEach(({ name }, gate) => {
    const { values: course } = values[name];
    const from = gate * units;
    for (let step = 0, at = 0; step < steps; step++) {
      for (let unit = from; unit < from + units; unit++, at++) {
        const value = course[at];
        if (value < SHUT) shut[unit] += 1;
        else if (value > OPEN) open[unit] += 1;
      }
    }
  });
  const shares = (counts) => ({ shape: [gates.length, units], values: Float32Array.from(counts, (count) => count / steps) });
  return { shut: shares(shut), open: shares(open) };
}
