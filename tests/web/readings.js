// What the browser's readers make of texts, for test_readers.py. Lists go through JSON on either side, because a lone
// half of a surrogate pair would not survive otherwise.
import { readerOf } from "../../lstm_viz/web/network/readers/reader.js";
import { sixDigits } from "../../lstm_viz/web/network/readers/six_digits.js";

// → for each text its tokens, their spans, what the network reads, which are unknown, and how they are shown
export function readings(asked) {
  const { data, vocabulary, known, limit, texts } = JSON.parse(asked);
  const reader = readerOf(data, vocabulary);
  return JSON.stringify(texts.map((text) => {
    const { tokens, spans, readable } = reader.read(text, limit ?? Infinity);
    return { tokens, spans, readable, read: rows(reader.encode(tokens)), unknown: reader.unknown(tokens, known), shown: tokens.map(reader.show) };
  }));
}

// Those of a text's characters that this browser's Unicode does not know.
export function unassigned(text) {
  return JSON.stringify(JSON.parse(text).match(/\p{Cn}/gu) ?? []);
}

export function written(numbers) {
  return JSON.stringify(JSON.parse(numbers).map(sixDigits));
}

function rows(encoded) {
  if (!encoded.shape) return [...encoded];
  const [steps, width] = encoded.shape;
  return Array.from({ length: steps }, (_, step) => [...encoded.values.subarray(step * width, (step + 1) * width)]);
}
