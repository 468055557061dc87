// A token as it can be seen on an axis; mirrors `visible` of tasks/readers/characters.py.

const SIGNS = { " ": "␣", "\n": "↵", "\t": "⇥" };
const INKLESS = /^[\p{Cc}\p{Cf}\p{Cs}\p{Zs}\p{Zl}\p{Zp}]$/u;

// The token, or a sign for a character that leaves no ink.
export function visible(token) {
  if (Object.hasOwn(SIGNS, token)) return SIGNS[token];
  return INKLESS.test(token) ? `U+${token.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` : token;
}
