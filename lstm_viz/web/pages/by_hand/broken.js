// The trained counter with gates shut: which of the test strings it still judges right after every symbol. Mirrors
// `Broken` of lstm_viz/challenges/breaking.py.
import { makeNetwork } from "../../network/network.js";
import { readSafetensors } from "../../network/safetensors.js";

// about: what the server says of the network; inside: { cell, weights in hexadecimal digits, vocabulary } where the browser
// fetches no files, else null → the counter
export async function loadCounter({ network: about, inside, texts, holds, gates }) {
  const at = (address) => new URL(address, document.baseURI).href;
  if (inside) {
    const module = await import(URL.createObjectURL(new Blob([inside.cell], { type: "text/javascript" })));
    const weights = Uint8Array.from(inside.weights.match(/../g), (pair) => Number.parseInt(pair, 16)).buffer;
    return makeCounter({ about, texts, holds, gates, module, weights, vocabulary: inside.vocabulary });
  }
  const fetched = async (address, kind) => {
    const answer = await fetch(at(address));
    if (!answer.ok) throw new Error(`${address} could not be fetched: ${answer.status}.`);
    return answer[kind]();
  };
  const [module, weights, vocabulary] = await Promise.all([import(at(about.cell)), fetched(about.weights, "arrayBuffer"), fetched(about.vocabulary, "json")]);
  return makeCounter({ about, texts, holds, gates, module, weights, vocabulary });
}

export function makeCounter({ about, texts, holds, gates, module, weights, vocabulary }) {
  const tensors = readSafetensors(weights);
  const network = makeNetwork(about, module, tensors);
  const table = tensors.get("embedding.weight");
  const [, size] = table.shape;
  const tried = texts.map((text) => {
    const symbols = [...text].map((symbol) => vocabulary.indexOf(symbol));
    const values = new Float32Array(symbols.length * size);
    symbols.forEach((symbol, step) => values.set(table.values.subarray(symbol * size, (symbol + 1) * size), step * size));
    return { symbols, inputs: { shape: [symbols.length, size], values } };
  });

  function run(k, shut) {
    const clamps = shut.map(([quantity, unit]) => ({ quantity, value: 0, units: [unit], steps: null, layer: null, direction: null }));
    return network.run(tried[k].inputs, { symbols: tried[k].symbols, clamps }).layers[0];
  }

  // The first symbol after which something is judged wrong, and what: { step, column }; null where all is right.
  function firstWrong(k, layer) {
    const { shape: [steps, width], values } = network.outputsOf(layer.values.hidden_state);
    for (let step = 0; step < steps; step++) {
      for (let column = 0; column < width; column++) {
        if (values[step * width + column] > 0 !== (holds[k][step * width + column] === "1")) return { step, column };
      }
    }
    return null;
  }

  return {
    run,
    // shut: [gate, unit] each → for each string what is wrong first, or null
    wrong: (shut) => texts.map((_, k) => firstWrong(k, run(k, shut))),
    gates,
  };
}

// Gates that are shut, as a link writes them: input_gate.3~output_gate.0; mirrors `cuts_of` of the same file.
export function readCuts(text, gates, units) {
  const found = text.split("~").map((part) => /^(\w+)\.(\d{1,3})$/.exec(part)).filter((each) => each && gates.includes(each[1]) && Number(each[2]) < units);
  return [...new Map(found.map(([, gate, unit]) => [`${gate}.${unit}`, [gate, Number(unit)]])).values()];
}

export const writeCuts = (cuts) => cuts.map(([gate, unit]) => `${gate}.${unit}`).join("~");
