// Text → words as they stand between spaces and marks; mirrors tasks/readers/plain_words.py.
import { symbols } from "./symbols.js";
import { SPACE, WORD } from "./unicode.js";

const APART = new RegExp(`${WORD}+|(?!${WORD})[^${SPACE}]`, "gu");
const SPACED = new RegExp(`[^${SPACE}]+`, "gu");

// data: { marks_apart }
export function plainWords({ marks_apart: apart }, vocabulary) {
  const known = new Set(vocabulary);
  return {
    cut: (text) => Array.from(text.matchAll(apart ? APART : SPACED), ({ 0: word, index }) => ({ text: word, start: index, stop: index + word.length })),
    ...symbols(vocabulary, (word) => (known.has(word) ? word : word.toLowerCase())),
  };
}
