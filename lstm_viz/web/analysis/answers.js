// What the network answers after every step, in the form that fits the answer; mirrors live_page/answers.py and the data
// functions of figures/prediction.py, probabilities.py, next_symbols.py and forecast.py.
import { aggregate } from "./aggregate.js";
import { roundUp, size } from "./limits.js";

const CHOICES = 5; // how many next symbols are listed at a step, the likeliest first
const known = new WeakMap(); // source → the symbols that its predictions are of, as they are shown

// How the answers of a network are drawn; "none" where it has none.
export function kindOf({ about: { answers: made, classifier, labels, reader } }) {
  if (made === null) return "none";
  if (!classifier) return reader.kind === "numbers" ? "numbers" : "outputs";
  if (!labels) return "next";
  return labels.length === 2 ? "bars" : "classes";
}

// Header and arrays, an array's row a column of the heatmaps.
export function answers({ source, reading, trace }, edges) {
  if (kindOf(source) === "none") return { header: {}, arrays: {} };
  const said = source.predictions(trace);
  const { header, arrays } = FORMS[kindOf(source)](source, reading.tokens, said, edges);
  // The answer itself, which the mean over a last column of several steps is not.
  const last = answerAt(source, trace, trace.labels.length - 1).prediction?.[0] ?? null;
  const found = { prediction: { kind: kindOf(source), last, ...header } };
  const after = source.followers(trace);
  if (!after) return { header: found, arrays };
  return { header: { ...found, followers: { names: source.about.followers } }, arrays: { ...arrays, followers: aggregate(after, edges) } };
}

// The answer at one step, which a column of several steps does not tell.
export function answerAt(source, trace, step) {
  const said = row(source.predictions(trace), step);
  const kind = kindOf(source);
  const found = {};
  if (kind === "none") return found;
  if (kind === "outputs") return { prediction: movingMost(source.predictions(trace)).map((k) => said[k]) };
  if (kind === "next") found.choices = likeliest(said).map((k) => [symbolsOf(source)[k], said[k]]);
  else found.prediction = [...(kind === "bars" ? said.subarray(source.about.favoured) : said)];
  const after = source.followers(trace);
  if (after) found.followers = [...row(after, step)];
  return found;
}

const DRAWN = 12; // MOST of figures/outputs.py: how many outputs are drawn
const moving = new WeakMap(); // predictions → the places of those that are

// The places of the outputs whose values spread furthest, in their own order.
function movingMost(said) {
  if (!moving.has(said)) {
    const { shape: [steps, width], values } = said;
    const spread = Array.from({ length: width }, (_, k) => {
      let [low, high] = [Infinity, -Infinity];
      for (let step = 0; step < steps; step++) [low, high] = [Math.min(low, values[step * width + k]), Math.max(high, values[step * width + k])];
      return Math.fround(high - low);
    });
    const order = spread.map((_, k) => k).sort((a, b) => spread[b] - spread[a] || a - b);
    moving.set(said, order.slice(0, DRAWN).sort((a, b) => a - b));
  }
  return moving.get(said);
}

const FORMS = {
  // What the output layer gives, as it is.
  outputs({ labels }, tokens, said, edges) {
    const which = movingMost(said);
    const { shape: [steps, width], values: all } = said;
    const values = Float32Array.from({ length: steps * which.length }, (_, at) => all[Math.floor(at / which.length) * width + which[at % which.length]]);
    const end = roundUp(size(values));
    return { header: { names: which.map((k) => labels[k]), low: -end, high: end }, arrays: { prediction: aggregate({ shape: [steps, which.length], values }, edges) } };
  },
  // The probability of one of two labels, as far as it is from even.
  bars({ about: { favoured, labels } }, tokens, said, edges) {
    const header = { names: [`P(${labels[favoured]})`], low: 0, high: 1, middle: 0.5, ends: [labels[1 - favoured], labels[favoured]] };
    return { header, arrays: { prediction: aggregate(column(said, favoured), edges) } };
  },
  classes: ({ labels }, tokens, said, edges) => ({ header: { names: labels }, arrays: { prediction: aggregate(said, edges) } }),
  // The probability that each symbol had been given, and of each column's first step what was expected next.
  next(source, tokens, said, edges) {
    const symbols = symbolsOf(source);
    const starts = edges.slice(0, -1);
    const best = starts.map((step) => likeliest(row(said, step)));
    const shares = Float32Array.from(best.flatMap((places, k) => places.map((place) => row(said, starts[k])[place])));
    const came = source.reader.encode(tokens);
    const given = Float32Array.from(tokens, (_, step) => (step && came[step] ? row(said, step - 1)[came[step] - 1] : NaN));
    return {
      header: { names: ["P(what came)"], low: 0, high: 1, middle: 0, choices: best.map((places) => places.map((place) => symbols[place])) },
      arrays: {
        prediction: aggregate({ shape: [tokens.length, 1], values: given }, edges),
        choices: { shape: [starts.length, best[0].length], values: shares },
      },
    };
  },
  // A series of numbers and what was guessed after each; the forecast past the end; the sum of those that are marked.
  numbers(source, tokens, said, edges) {
    const { reader, labels } = source;
    const inputs = reader.values(tokens);
    const guesses = column(said, 0);
    const ahead = source.forecast(tokens);
    const marked = reader.marked(tokens).map((step) => [step, inputs[step]]);
    const total = marked.length ? [marked.reduce((sum, [, value]) => sum + value, 0)] : [];
    const [low, high] = ends(inputs, guesses.values, ahead, total);
    return {
      header: { names: [labels[0]], low, high, ahead, total, marked },
      arrays: {
        prediction: aggregate(guesses, edges),
        input: aggregate({ shape: [tokens.length, 1], values: Float32Array.from(inputs) }, edges),
      },
    };
  },
};

const row = ({ shape: [, width], values }, step) => values.subarray(step * width, (step + 1) * width);

function column({ shape: [steps, width], values }, k) {
  if (width === 1) return { shape: [steps, 1], values };
  return { shape: [steps, 1], values: Float32Array.from({ length: steps }, (_, step) => values[step * width + k]) };
}

// The places of the largest shares, the largest first, the first of equal ones before the rest.
function likeliest(shares) {
  const best = [];
  for (let place = 0; place < shares.length; place++) {
    if (best.length === CHOICES && !(shares[place] > shares[best[CHOICES - 1]])) continue;
    let at = best.length;
    while (at && shares[place] > shares[best[at - 1]]) at--;
    best.splice(at, 0, place);
    if (best.length > CHOICES) best.pop();
  }
  return best;
}

function symbolsOf(source) {
  if (!known.has(source)) known.set(source, source.labels.map(source.reader.show));
  return known.get(source);
}

function ends(...lists) {
  let [low, high] = [Infinity, -Infinity];
  for (const list of lists) {
    for (const value of list) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}
