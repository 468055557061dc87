// A picture of a view for a slide or a paper: figures one under the other, below what they show.
import { svg } from "../core/dom.js";
import { textWidth } from "../core/geometry.js";
import { toSvg, widthOf } from "./to_svg.js";

export const WIDE = 1280; // pixels of a picture
const LEAST = 14; // pixels of the smallest type on one
const PAD = 32;
const GAP = 14;
const FACE = "'Source Sans 3', 'Source Sans', 'Helvetica Neue', Arial, sans-serif";
const [TITLE, LINE, FOOT] = [28, 17, 14];
const LARGEST = 16384; // pixels of a side of what a browser draws
const SHARP = 2; // dots of a PNG for each pixel

// nodes: elements of the page; title, lines: what stands above them; colours: { text, muted, background }
export function pictureOf(nodes, { title, lines, foot, colours }) {
  const widest = Math.max(...nodes.map(widthOf));
  const scale = (WIDE - 2 * PAD) / widest;
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg" });
  let y = PAD;
  const write = (text, size, fill, weight = 400) => {
    for (const line of wrapped(text, `${weight} ${size}px ${FACE}`, WIDE - 2 * PAD)) {
      y += size;
      const options = { x: PAD, y, "font-family": FACE, "font-size": `${size}px`, "font-weight": weight, fill };
      const node = svg("text", options);
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
    y += height * scale + GAP;
  }
  write(foot, FOOT, colours.muted);
  const height = Math.ceil(y + PAD / 2);
  for (const [name, value] of Object.entries({ width: WIDE, height, viewBox: `0 0 ${WIDE} ${height}` })) root.setAttribute(name, value);
  root.prepend(svg("rect", { width: WIDE, height, fill: colours.background }));
  return root;
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
