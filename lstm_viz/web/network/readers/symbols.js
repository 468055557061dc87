// What readers of words and of characters share: a token is a symbol with a place in the vocabulary, 0 if it has none.
import { visible } from "./visible.js";

export function symbols(vocabulary, spelt) {
  const places = new Map((vocabulary ?? []).map((symbol, place) => [symbol, place]));
  const encode = (tokens) => Int32Array.from(tokens, (token) => places.get(spelt(token)) ?? 0);
  return { show: visible, encode, unknown: (tokens) => Array.from(encode(tokens), (place) => place === 0) };
}
