// How text becomes what a network reads; mirrors tasks/readers and `Task.read` of tasks/task.py.
import { characters } from "./characters.js";
import { numbers } from "./numbers.js";
import { words } from "./words.js";

const KINDS = { words, characters, numbers };

// data: as the `data` of Python's reader; vocabulary: a list of symbols, null for numbers. The reader has
//   cut(text, most) → [{ text, start, stop }], null where the text cannot be read; show(token) → what is on an axis
//   encode(tokens) → positions in the vocabulary, or an array of numbers with a row a token
//   unknown(tokens, known) → for each whether it is new to the network; known: of numbers, [lowest, highest]
//   read(text, limit) → { text, tokens, spans, readable }, with the first `limit` tokens
export function readerOf(data, vocabulary) {
  const reader = KINDS[data.kind](data, vocabulary);
  return {
    ...reader,
    kind: data.kind,
    noun: data.noun,
    read(text, limit) {
      const found = (reader.cut(text, limit) ?? []).slice(0, limit);
      return { text, tokens: found.map((token) => token.text), spans: found.map(({ start, stop }) => [start, stop]), readable: found.length > 0 };
    },
  };
}
