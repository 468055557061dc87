// What Python's Unicode takes for space, and for the same letter in another case; JavaScript's own \s, \w and /i differ.
// Both sides know the characters of their own Unicode's version, and may differ over younger ones.

export const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
export const WORD = "[\\p{L}\\p{N}_]";

const isSpaceAt = new RegExp(`^[${SPACE}]`, "u");

export function isSpace(character) {
  return isSpaceAt.test(character);
}

const INK = new RegExp(`[^${SPACE}]`, "u");

// Whether there is nothing in a text but space.
export function isBlank(text) {
  return !INK.test(text);
}

const OTHERS = { i: "İı", k: "\u212a", s: "ſ" }; // also the letter, where case does not matter

// The pattern of a word of small letters in any case; all else in it stays as it is.
export function anyCase(word) {
  return word.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}${OTHERS[letter] ?? ""}]`);
}

// Digits of any script as 0 to 9: in every script they stand in this order, without a gap.
export function latinDigits(text) {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0);
    let zero = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String((code - zero) % 10);
  });
}
