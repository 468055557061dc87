// English text → words, cut the way treebanks cut it; mirrors tasks/readers/words.py and spelling.py.
import { symbols } from "./symbols.js";
import { anyCase, isSpace, SPACE, WORD } from "./unicode.js";

const OUTSIDE = `(?<!${WORD})`;
const any = (...words) => `(?:${words.map(anyCase).join("|")})`;
const ENDINGS = any("s", "re", "ve", "ll", "d", "m");

const PATTERN = new RegExp(
  [
    anyCase("-(?:l|r)(?:r|s|c)b-"), // brackets as treebanks write them
    "\\.{2,}|-{2,}|\\*{2,}|``|''", // runs of punctuation
    `${OUTSIDE}['’](?:\\p{Nd}0${anyCase("s")}|${any("em", "til", "tis", "twas", "cause", "n['’]")})(?!${WORD})`, // '70s, 'em
    `${OUTSIDE}['’]${ENDINGS}(?!${WORD})`, // endings that stand alone already
    "(?:[\\p{L}\\p{Nl}\\p{No}]\\.){2,}", // u.s., e.t.
    // abbreviations, initials
    `${OUTSIDE}(?:${any("mr", "mrs", "ms", "dr", "st", "vs", "jr", "sr", "lt", "sgt", "prof", "inc")}|[b-hj-zB-HJ-Zſ\u212a])\\.(?=[${SPACE}]+[^${SPACE}]|[,;:?!)])`,
    "\\p{Nd}+(?:[.,:]\\p{Nd}+)+", // 2.5, 1,000
    `${WORD}+(?:[-/&'’.]${WORD}+)*`, // words, also with hyphens and inner points
    `[^${SPACE}]`, // anything else, one character at a time
  ].join("|"),
  "gu",
);
const WITH_ENDING = new RegExp(`^(.*?)(${any("n['’]t")}|['’]${ENDINGS})$`, "su");

const TWO_WORDS = { cannot: 3, gonna: 3, gotta: 3, wanna: 3 };
const BRACKETS = { "-lrb-": "(", "-rrb-": ")", "-lsb-": "[", "-rsb-": "]", "-lcb-": "{", "-rcb-": "}" };
const OPENING = { '"': "“", "``": "“", "`": "‘", "'": "‘" };
const CLOSING = { '"': "”", "''": "”", "'": "’", "’": "’" };
const has = Object.hasOwn;

// data: { key }, which says how the vocabulary spells a word
export function words({ key }, vocabulary) {
  const spelt = speller(key);
  return {
    // The words of the text as typed, no more than `most`; those that the spelling leaves nothing of are not read.
    cut(text, most = Infinity) {
      const found = [];
      const add = (word, start, stop) => found.length < most && spelt(word) && found.push({ text: word, start, stop });
      PATTERN.lastIndex = 0;
      for (let match; found.length < most && (match = PATTERN.exec(text)); ) {
        const [word] = match;
        let start = match.index;
        const end = start + word.length;
        const before = text[Math.max(start - 1, 0)];
        const lower = word.toLowerCase();
        if (has(BRACKETS, lower)) add(BRACKETS[lower], start, end);
        else if (has(OPENING, word) && (word[0] === "`" || "([{".includes(before) || opens(text, start, end))) add(OPENING[word], start, end);
        else if (has(CLOSING, word)) add(CLOSING[word], start, end);
        else for (const part of parts(word, lower)) add(part, start, (start += part.length));
      }
      return found;
    },
    ...symbols(vocabulary, spelt),
  };
}

// Whether a straight quotation mark opens: space or nothing before it, a word right after it.
function opens(text, start, end) {
  const starts = start === 0 || isSpace(text[start - 1]);
  return starts && end < text.length && !isSpace(text[end]);
}

// A word and its ending: "isn't" → "is", "n't".
function parts(word, lower) {
  if (has(TWO_WORDS, lower)) return [word.slice(0, TWO_WORDS[lower]), word.slice(TWO_WORDS[lower])];
  const ending = /['’]/.test(word) && WITH_ENDING.exec(word);
  return ending ? ending.slice(1).filter(Boolean) : [word];
}

function speller({ marks, alone, digits }) {
  const codes = Object.keys(marks).map((mark) => `\\u{${mark.codePointAt(0).toString(16)}}`);
  const marked = new RegExp(`[${codes.join("")}]`, "gu");
  return (word) => {
    if (has(alone, word)) return alone[word];
    const spelling = word.toLowerCase().replace(marked, (mark) => marks[mark]);
    return digits ? spelling.replace(/\p{Nd}/gu, digits) : spelling;
  };
}
