// What is made of a network's raw outputs; mirrors lstm_viz/tasks/answers.py.

export const sigmoid = (x) => 1 / (1 + Math.exp(-x));

const KINDS = {
  softmax: () => (raw) => {
    const most = raw.reduce((a, b) => Math.max(a, b), -Infinity);
    const powers = Float64Array.from(raw, (x) => Math.exp(x - most));
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / sum);
  },
  sigmoid: ({ column }) => (raw) => {
    const first = sigmoid(raw[column]);
    return Float64Array.of(first, 1 - first);
  },
  scaled: ({ scale, shift }) => (raw) => Float64Array.from(raw, (x) => x * scale + shift),
};

// data: as the task's dataclass has it → (raw outputs of one step) → predictions, one a label
export function answering(data) {
  if (!Object.hasOwn(KINDS, data.kind)) throw new Error(`There are no answers of the kind ${data.kind}.`);
  return KINDS[data.kind](data);
}
