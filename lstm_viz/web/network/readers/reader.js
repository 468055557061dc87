// How text becomes what a network reads; mirrors tasks/readers and `Task.read` of tasks/task.py.
import { characters } from "./characters.js";
import { numbers } from "./numbers.js";
import { plainWords } from "./plain_words.js";
import { table } from "./table.js";
import { words } from "./words.js";

const KINDS = { words, characters, numbers, table, plain_words: plainWords };
const READINGS = 8; // how many texts are remembered: a key asks for that on show, the one before it, and the new one

// data: as the `data` of Python's reader; vocabulary: a list of symbols, null for numbers. The reader has
//   cut(text, most) → [{ text, start, stop }], null where the text cannot be read; show(token) → what is on an axis
//   encode(tokens) → positions in the vocabulary, or an array of numbers with a row a token
//   unknown(tokens, known) → for each whether it is new to the network; known: of numbers, [lowest, highest]
//   read(text, limit) → { text, limit, tokens, spans, readable }, with the first `limit` tokens; leave it as it is
export function readerOf(data, vocabulary) {
  const reader = KINDS[data.kind](data, vocabulary);
  const remembered = new Map(); // text → its reading, the one asked for last at the end
  function read(text, limit) {
    const found = (reader.cut(text, limit) ?? []).slice(0, limit);
    return { text, limit, tokens: found.map((token) => token.text), spans: found.map(({ start, stop }) => [start, stop]), readable: found.length > 0 };
  }
  return {
    ...reader,
    kind: data.kind,
    noun: data.noun,
    read(text, limit) {
      const known = remembered.get(text);
      const reading = known?.limit === limit ? known : read(text, limit);
      remembered.delete(text);
      remembered.set(text, reading);
      if (remembered.size > READINGS) remembered.delete(remembered.keys().next().value);
      return reading;
    },
  };
}
