// What is made of a network's raw outputs; mirrors lstm_viz/tasks/answers.py.

export const sigmoid = (x) => 1 / (1 + Math.exp(-x));

const KINDS = {
  softmax: () => (raw) => {
    let [most, sum] = [-Infinity, 0];
    for (let k = 0; k < raw.length; k++) if (raw[k] > most) most = raw[k];
    const shares = new Float64Array(raw.length);
    for (let k = 0; k < raw.length; k++) sum += shares[k] = Math.exp(raw[k] - most);
    for (let k = 0; k < raw.length; k++) shares[k] /= sum;
    return shares;
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
