// Edits of one token, as edits of the text that it stands in: drop it, replace it, move it. Mirrors ui/doing/tokens.py,
// where the rules are told. Each returns [the text, where the reader's step is then], or null where it is refused.
import { isBlank } from "../network/readers/unicode.js";

const LETTER = /^[\p{L}\p{N}]/u;

export function drop({ text, tokens, spans }, read, step) {
  if (!(step in tokens)) return null;
  const [first, last] = spans[step];
  const [start, end] = [step ? spans[step - 1][1] : first, step + 1 < tokens.length ? spans[step + 1][0] : last];
  const left = [...tokens.slice(0, step), ...tokens.slice(step + 1)];
  const [head, before, after, tail] = [text.slice(0, start), text.slice(start, first), text.slice(last, end), text.slice(end)];
  const markFollows = !after && !LETTER.test(tail);
  const gaps = !(step && step < left.length) || markFollows ? ["", before] : [before || after, after, before];
  return [checked([...gaps, " "].map((gap) => head + gap + tail), left, read), Math.max(0, Math.min(step, left.length - 1))];
}

export function replace({ text, tokens, spans }, read, step, typed) {
  if (!(step in tokens)) return null;
  const [first, last] = spans[step];
  const found = read(typed).tokens;
  if (isBlank(typed) && !found.length) return null;
  const wanted = [...tokens.slice(0, step), ...found, ...tokens.slice(step + 1)];
  const texts = [typed, `${typed} `, ` ${typed}`, ` ${typed} `].map((each) => text.slice(0, first) + each + text.slice(last));
  return [texts.find((each) => equal(read(each).tokens, wanted)) ?? texts[0], step];
}

export function move({ text, tokens, spans }, read, step, by) {
  const other = step + (by > 0 ? 1 : -1);
  if (!(step in tokens && other in tokens)) return [text, step];
  const low = Math.min(step, other);
  const [[a, b], [c, d]] = [spans[low], spans[low + 1]];
  const [left, gap, right] = [text.slice(a, b), text.slice(b, c), text.slice(c, d)];
  let [head, tail] = [text.slice(0, a), text.slice(d)];
  const together = spans.every(([, end], k) => k + 1 === spans.length || end === spans[k + 1][0]);
  let swapped = gap || together ? [right + gap + left, `${right} ${left}`] : [`${right} ${left}`, right + left];
  if (!gap && head.endsWith(" ") && !LETTER.test(right)) [head, swapped] = [head.replace(/ +$/, ""), [`${right} ${left}`]];
  else if (gap && low && !head.endsWith(" ") && !LETTER.test(left)) swapped.unshift(` ${right}${left}`);
  const moved = [...tokens];
  [moved[low], moved[low + 1]] = [tokens[low + 1], tokens[low]];
  swapped = [...swapped, ...swapped.flatMap((each) => [`${each} `, ` ${each}`, ` ${each} `])];
  return [checked(swapped.map((each) => head + each + tail), moved, read), other];
}

// The first text that gives these tokens, also tried with each token apart; the first one where none does.
function checked(texts, tokens, read) {
  const fits = (text) => equal(read(text).tokens.slice(0, tokens.length), tokens);
  return [...texts, tokens.join(" "), tokens.join(", ")].find(fits) ?? texts[0];
}

function equal(one, other) {
  return one.length === other.length && one.every((token, k) => token === other[k]);
}
