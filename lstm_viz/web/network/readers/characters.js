// Text → single characters; mirrors tasks/readers/characters.py.
import { symbols } from "./symbols.js";
import { isSpace } from "./unicode.js";

// data: { skips_space }
export function characters({ skips_space: skipsSpace }, vocabulary) {
  return {
    // Every character, with the line ends of any system as a line feed; no more than `most`.
    cut(text, most = Infinity) {
      const found = [];
      for (let start = 0; start < text.length && found.length < most; ) {
        let character = String.fromCodePoint(text.codePointAt(start));
        const stop = start + (text.startsWith("\r\n", start) ? 2 : character.length);
        if (character === "\r") character = "\n";
        if (!(skipsSpace && isSpace(character))) found.push({ text: character, start, stop });
        start = stop;
      }
      return found;
    },
    ...symbols(vocabulary, (character) => character),
  };
}
