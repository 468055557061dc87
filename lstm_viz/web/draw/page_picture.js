// A picture of a view for a slide or a paper: figures one under the other, below what they show.
import { svg } from "../core/dom.js";
import { textWidth } from "../core/geometry.js";
import { toSvg, widthOf } from "./to_svg.js";

export const WIDE = 1280; // pixels of a picture
const LEAST = 14; // pixels of the smallest type on one
const PAD = 32;
const GAP = 14;
const FACE = "'Source Sans 3', 'Source Sans', 'Helvetica Neue', Arial, sans-serif";
const [TITLE, LINE, FOOT] = [34, 20, 15];
const LARGEST = 16384; // pixels of a side of what a browser draws
const SHARP = 2; // dots of a PNG for each pixel
const MOST = 2; // times that a figure is enlarged, so that a phone's is not all letters
const ROOMY = 1080; // pixels to which what is wider is narrowed, where type would be small otherwise
const ELASTIC = ".saturation, .ranking, .records, .from-input, .unrolled, .inspector"; // laid out anew at any width
const SCROLLED = ".scroll, .inspector";
const USED = ".unit-field, .page-link, .keys, details, .actions"; // what a picture has no use for makes no room

// nodes: elements of the page; title, lines: what stands above them; colours: { text, muted, background }; fonts: a style
// sheet with fonts in it, "" for those that there are
export function pictureOf(nodes, { title, lines, foot, colours, fonts = "" }) {
  const restore = nodes.map(spread);
  try {
    // What can be made narrower is as wide as what cannot.
    const base = Math.max(...nodes.filter((node) => !node.matches(ELASTIC)).map(widthOf), Math.min(ROOMY, ...nodes.map(widthOf)));
    for (const node of nodes) if (node.matches(ELASTIC) && widthOf(node) > base) node.style.width = `${base}px`;
    const scale = Math.min(MOST, (WIDE - 2 * PAD) / Math.max(...nodes.map(widthOf)));
    return composed(nodes, { title, lines, foot, colours, fonts, scale, wide: Math.ceil(Math.max(...nodes.map(widthOf)) * scale) + 2 * PAD });
  } finally {
    for (const back of restore) back();
  }
}

function composed(nodes, { title, lines, foot, colours, fonts, scale, wide }) {
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width: wide });
  if (fonts) {
    const sheet = svg("style");
    sheet.textContent = fonts;
    root.append(sheet);
  }
  let y = PAD;
  const write = (text, size, fill, weight = 400) => {
    for (const line of wrapped(text, `${weight} ${size}px ${FACE}`, wide - 2 * PAD)) {
      y += size;
      const node = svg("text", { x: PAD, y, "font-family": FACE, "font-size": `${size}px`, "font-weight": weight, fill });
      node.textContent = line;
      root.append(node);
      y += 0.4 * size;
    }
  };
  write(title, TITLE, colours.text, 600);
  for (const line of lines) write(line, LINE, colours.muted);
  y += GAP;
  for (const node of nodes) {
    const { parts, height } = toSvg(node, LEAST / scale);
    root.append(svg("g", { transform: `translate(${PAD} ${y}) scale(${scale})` }, ...parts));
    y += height * scale + (node.matches(".axis-track") ? 0 : GAP);
  }
  write(foot, FOOT, colours.muted);
  const height = Math.ceil(y + PAD / 2);
  for (const [name, value] of Object.entries({ height, viewBox: `0 0 ${wide} ${height}` })) root.setAttribute(name, value);
  root.prepend(svg("rect", { width: wide, height, fill: colours.background }));
  return root;
}

// Lets an element show all that one can scroll to in it → what puts it back.
function spread(node) {
  const all = [node, ...node.querySelectorAll(`${SCROLLED}, ${USED}`)];
  const own = all.map(({ style: { cssText } }) => cssText);
  for (const { style } of all) Object.assign(style, { maxHeight: "none", overflowY: "visible" });
  node.style.position = "static";
  for (const each of node.querySelectorAll(USED)) each.style.display = "none";
  return () => all.forEach((each, k) => (each.style.cssText = own[k]));
}

export function asText(picture) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture)}\n`;
}

// The same as dots.
export async function asPng(picture) {
  const [width, height] = ["width", "height"].map((name) => Number(picture.getAttribute(name)));
  const scale = Math.min(SHARP, LARGEST / width, LARGEST / height);
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([asText(picture)], { type: "image/svg+xml" }));
  try {
    await image.decode();
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("too large"))), "image/png"));
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

function wrapped(text, font, width) {
  const lines = [];
  let line = "";
  for (const word of text.split(" ").filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && textWidth(longer, font) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}
