// What Build by hand works out in the browser, for the tests that hold it against Python.
import { makeCounter, readCuts, writeCuts } from "../../lstm_viz/web/pages/by_hand/broken.js";
import { judgeValues } from "../../lstm_viz/web/pages/by_hand/judging.js";
import { inputsOf, tokensOf, wanted } from "../../lstm_viz/web/pages/by_hand/sequence.js";
import { stateOf, unitOf } from "../../lstm_viz/web/pages/by_hand/unit.js";
import { readWeights, writeWeights } from "../../lstm_viz/web/pages/by_hand/written.js";

const bound = (value) => (value === null ? NaN : value === "above" ? Infinity : value === "below" ? -Infinity : value);

// cell: the compiled cell's address; challenges: as the server tells of them, each trial with its numbers;
// tried: [{ name, weights, as a link has them }] → for each what `judgeValues` finds, and what was read in each trial
export async function judged({ cell, challenges, tried }) {
  const module = await import(cell);
  return tried.map(({ name, weights }) => {
    const challenge = challenges[name];
    const columns = challenge.inputs.length + 2;
    const run = unitOf(module, readWeights(weights, 4 * columns), columns);
    const trials = challenge.trials.map((trial) => ({ ...trial, low: trial.low.map(bound), high: trial.high.map(bound) }));
    const read = trials.map(({ steps, values }) => [...stateOf(run({ shape: [steps, columns - 2], values }), challenge.reads)]);
    return { read, judged: judgeValues(trials, read, challenge.hold), written: writeWeights(readWeights(weights, 4 * columns), 3) };
  });
}

// texts: [{ name, text }] → tokens, inputs, what cannot be read, and what is asked
export function readTexts({ challenges, texts, longest }) {
  const told = (values) => Array.from(values, (value) => (Number.isNaN(value) ? null : value === Infinity ? "above" : value === -Infinity ? "below" : value));
  return texts.map(({ name, text }) => {
    const tokens = tokensOf(challenges[name], text, longest);
    const { inputs, strange } = inputsOf(challenges[name], tokens);
    const { low, high } = wanted(challenges[name], inputs);
    return { tokens, inputs: [...inputs.values], strange, low: told(low), high: told(high) };
  });
}

// The trained counter with gates shut → for each choice which strings are right, and the choice as a link writes it.
export async function broken({ about, texts, holds, gates, cuts }) {
  const [module, weights, vocabulary] = await Promise.all([
    import(about.cell),
    fetch(about.weights).then((answer) => answer.arrayBuffer()),
    fetch(about.vocabulary).then((answer) => answer.json()),
  ]);
  const counter = makeCounter({ about, texts, holds, gates, module, weights, vocabulary });
  return cuts.map((text) => {
    const shut = readCuts(text, gates, about.units);
    return { right: counter.wrong(shut).map((each) => each === null), written: writeCuts(shut) };
  });
}
