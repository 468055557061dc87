// The page's own fonts as a style sheet that holds them, for a picture that is drawn away from the page.

const OURS = /^["']?Source (Sans|Serif|Code)/;
let sheet = null;

// "" where the page has none, or they cannot be had
export function fontsOfThePage() {
  sheet ??= collected();
  return sheet;
}

async function collected() {
  const rules = [...document.styleSheets].flatMap(rulesOf).filter((rule) => rule instanceof CSSFontFaceRule && OURS.test(rule.style.fontFamily));
  return (await Promise.all(rules.map(held))).filter(Boolean).join("\n");
}

function rulesOf(each) {
  try {
    return [...each.cssRules];
  } catch {
    return []; // of another site
  }
}

async function held({ style, parentStyleSheet }) {
  const [, address] = style.src.match(/url\("?([^")]+)"?\)/) ?? [];
  if (!address) return "";
  try {
    const answer = await fetch(new URL(address, parentStyleSheet.href ?? document.baseURI));
    const bytes = new Uint8Array(await answer.arrayBuffer());
    let text = "";
    for (let k = 0; k < bytes.length; k += 32768) text += String.fromCharCode(...bytes.subarray(k, k + 32768));
    return `@font-face { font-family: ${style.fontFamily}; font-weight: ${style.fontWeight || "normal"}; font-style: ${style.fontStyle || "normal"}; src: url("data:font/woff2;base64,${btoa(text)}"); }`;
  } catch {
    return "";
  }
}
