// A sequence of a reader's own: text → inputs, as lstm_viz/challenges/sequences.py, and what is asked of it, as `wants`
// of each file beside that.

const NUMBER = /^([+-]?(?:\d{1,6}(?:\.\d{0,6})?|\.\d{1,6}))(\*?)$/;

// challenge: as the server tells of it; → what stands for a step each
export function tokensOf({ writes }, text, longest) {
  if (writes === "letters") return [...text].filter((letter) => letter.trim()).slice(0, longest);
  return text.replaceAll("−", "-").split(/[\s,;]+/).filter(Boolean).slice(0, longest);
}

// → { inputs: { shape, values }, strange: the first token that cannot be read and counts as 0, or "" }
export function inputsOf({ writes, inputs }, tokens) {
  const names = inputs.map(([name]) => name);
  const values = new Float64Array(tokens.length * names.length);
  let strange = "";
  tokens.forEach((token, step) => {
    if (writes === "letters") return names.forEach((name, k) => (values[step * names.length + k] = Number(token === name)));
    const found = NUMBER.exec(token);
    if (!found) strange ||= token;
    values[step * 2] = found ? Math.max(-1, Math.min(1, Number(found[1]))) : 0;
    values[step * 2 + 1] = found?.[2] ? 1 : 0;
  });
  return { inputs: { shape: [tokens.length, names.length], values }, strange };
}

const WANTS = {
  latch({ within }, at) {
    let bit = 0;
    return (step) => {
      if (at(step, 1)) bit = Math.sign(at(step, 0));
      return bit > 0 ? [within, Infinity] : bit < 0 ? [-Infinity, -within] : [NaN, NaN];
    };
  },
  counter({ within }, at) {
    let count = 0;
    return (step) => {
      count += at(step, 0);
      return [count - within, count + within];
    };
  },
  adding({ within }, at, steps) {
    let total = 0;
    return (step) => {
      total += at(step, 0) * at(step, 1);
      return step === steps - 1 ? [total - within, total + within] : [NaN, NaN];
    };
  },
  comma({ within }, at) {
    let count = 0;
    return (step) => {
      count = at(step, 1) ? 0 : count + at(step, 0);
      return [count - within, count + within];
    };
  },
};

// → { low, high }, a number a step
export function wanted(challenge, { shape: [steps, width], values }) {
  const next = WANTS[challenge.name](challenge, (step, column) => values[step * width + column], steps);
  const ends = Array.from({ length: steps }, (_, step) => next(step));
  return { low: Float64Array.from(ends, ([low]) => low), high: Float64Array.from(ends, ([, high]) => high) };
}
