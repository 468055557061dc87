// Weights as a link has them, 0_-20_10; mirrors `write_numbers` of lstm_viz/ui/settings/kinds.py and `weights_of` of
// lstm_viz/challenges/judging.py. And sentences with places for numbers.

export function writeWeights(weights, decimals) {
  const written = Array.from(weights, (weight) => String(Number(weight.toFixed(decimals)) + 0));
  while (written.length && written.at(-1) === "0") written.pop();
  return written.join("_");
}

export function readWeights(text, count) {
  const given = text.split("_").map((part) => Number(part) || 0);
  return Array.from({ length: count }, (_, k) => given[k] ?? 0);
}

// "{held} of {hold}" and { held: 3, hold: 40 } → "3 of 40"
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
