// Elements of the page as plain SVG: shapes, pictures and text where the browser has put them, with their colours as they
// are now. It needs no style sheet, no font and no script, so that it opens anywhere; what only a pointer or a keyboard has
// a use for is left out.
import { svg } from "../core/dom.js";

const LEFT_OUT = ".hovered, .tip, [hidden], .take-away, .stepper button, .unit-field, .unit-said, .page-link, .keys, input, .quiet, details";
const FEW = 900; // cells of a heatmap that become rectangles; a larger one is a picture, a pixel a cell
const DRAWN = [
  ...["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"],
  ...["opacity", "paint-order", "text-anchor", "dominant-baseline", "marker-end", "visibility"],
];
const USUAL = {
  opacity: ["1"], "paint-order": ["normal"], "text-anchor": ["start"], "dominant-baseline": ["auto"], visibility: ["visible"],
  "stroke-linecap": ["butt"], "stroke-linejoin": ["miter"], "font-style": ["normal"], "font-weight": ["400"], "font-variant-numeric": ["normal"],
};
const LETTERS = ["font-family", "font-size", "font-style", "font-weight", "font-variant-numeric"];

let counter = 0; // of the identifiers that pictures made here use, so that no two of one file are alike

// An element of the page → { parts, height } of it from its own left upper corner on.
// least: the smallest type, in the page's pixels; smaller type grows to that
export function toSvg(node, least = 0) {
  const box = node.getBoundingClientRect();
  const parts = [];
  paint(node, { x: box.left, y: box.top, least, into: parts });
  return { parts, height: box.height };
}

// How wide an element is with what one can scroll to in it.
export function widthOf(node) {
  const left = node.getBoundingClientRect().left;
  const inner = [node, ...node.querySelectorAll("svg, canvas, table")].map((each) => each.getBoundingClientRect());
  return Math.max(...inner.filter(({ width }) => width).map(({ right }) => right - left), 1);
}

function paint(node, at) {
  const style = getComputedStyle(node);
  if (style.display === "none" || style.visibility === "hidden" || Number(style.opacity) === 0 || node.matches(LEFT_OUT)) return;
  const turned = matrixOf(style);
  if (turned) return paintTurned(node, style, turned, at);
  const into = Number(style.opacity) < 1 ? group(at, { opacity: style.opacity }) : at;
  const box = place(node.getBoundingClientRect(), at);
  surface(style, box, into);
  before(node, box, into);
  if (node instanceof HTMLCanvasElement) return picture(node, box, into);
  if (node instanceof SVGSVGElement) return drawing(node, box, into);
  const inner = hides(node, style) ? clipped(box, into) : into;
  if (node.matches("select, input, textarea")) return written(node, style, box, inner);
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) lettering(child, style, inner);
    else if (child.nodeType === Node.ELEMENT_NODE) paint(child, inner);
  }
}

// What is turned is drawn as if it were not, and then turned. A shift alone is in every place that the browser tells.
function matrixOf({ transform }) {
  if (!transform || transform === "none") return null;
  const { a, b, c, d, e, f } = new DOMMatrix(transform);
  return a === 1 && b === 0 && c === 0 && d === 1 ? null : [a, b, c, d, e, f];
}

function paintTurned(node, style, [a, b, c, d, e, f], at) {
  const [ox, oy] = style.transformOrigin.split(" ").map(parseFloat);
  const own = node.style.transform;
  node.style.transform = "none";
  const box = place(node.getBoundingClientRect(), at);
  const [x, y] = [box.x + ox, box.y + oy];
  paint(node, group(at, { transform: `translate(${x} ${y}) matrix(${[a, b, c, d, e, f].map(round).join(" ")}) translate(${-x} ${-y})` }));
  node.style.transform = own;
}

function place(rect, { x, y }) {
  return { x: round(rect.left - x), y: round(rect.top - y), width: round(rect.width), height: round(rect.height) };
}

function round(value) {
  return Math.round(value * 1000) / 1000;
}

function group(at, attributes) {
  const node = svg("g", attributes);
  at.into.push(node);
  return { ...at, into: { push: (...children) => node.append(...children) } };
}

function hides(node, style) {
  // What can be scrolled to is shown.
  return /hidden|clip/.test(style.overflow) && (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1);
}

function clipped(box, at) {
  const id = `lv-clip-${++counter}`;
  at.into.push(svg("clipPath", { id }, svg("rect", box)));
  return group(at, { "clip-path": `url(#${id})` });
}

// Background, border, and a shadow that is a ring.
function surface(style, box, { into }) {
  const radius = Math.min(parseFloat(style.borderTopLeftRadius) || 0, box.width / 2, box.height / 2);
  const gradient = gradientOf(style.backgroundImage);
  if (gradient) into.push(gradient.defs, svg("rect", { ...box, rx: radius, fill: `url(#${gradient.id})` }));
  else if (visible(style.backgroundColor)) into.push(svg("rect", { ...box, rx: radius, ...ink("fill", style.backgroundColor) }));
  const sides = ["Top", "Right", "Bottom", "Left"].map((side) => ({
    width: style[`border${side}Style`] === "none" ? 0 : parseFloat(style[`border${side}Width`]),
    colour: style[`border${side}Color`],
  }));
  const [top, right, bottom, left] = sides;
  if (sides.every(({ width, colour }) => width && width === top.width && colour === top.colour && visible(colour))) {
    const half = top.width / 2;
    into.push(svg("rect", { x: box.x + half, y: box.y + half, width: Math.max(0, box.width - 2 * half), height: Math.max(0, box.height - 2 * half), rx: radius, fill: "none", ...ink("stroke", top.colour), "stroke-width": top.width }));
  } else {
    const lines = [[top, 0, 0, 1, 0], [right, 1, 0, 1, 1], [bottom, 0, 1, 1, 1], [left, 0, 0, 0, 1]];
    for (const [{ width, colour }, x1, y1, x2, y2] of lines) {
      if (!width || !visible(colour)) continue;
      const inset = (k, size, other) => (k === other ? (k ? size - width / 2 : width / 2) : k * size);
      const [ax, bx] = [x1, x2].map((k) => box.x + (x1 === x2 ? inset(k, box.width, k) : k * box.width));
      const [ay, by] = [y1, y2].map((k) => box.y + (y1 === y2 ? inset(k, box.height, k) : k * box.height));
      into.push(svg("line", { x1: ax, y1: ay, x2: bx, y2: by, ...ink("stroke", colour), "stroke-width": width }));
    }
  }
  for (const [, colour, spread] of style.boxShadow.matchAll(/((?:rgba?|color)\([^)]*\)) 0px 0px 0px ([\d.]+)px(?! inset)/g)) {
    const out = Number(spread) / 2;
    into.push(svg("rect", { x: box.x - out, y: box.y - out, width: box.width + 2 * out, height: box.height + 2 * out, rx: radius, fill: "none", ...ink("stroke", colour), "stroke-width": spread }));
  }
}

function visible(colour) {
  return partsOf(colour)[3] > 0;
}

// A colour as the browser tells it → red, green and blue up to 255, and how opaque it is.
function partsOf(colour) {
  const numbers = [...colour.matchAll(/-?[\d.]+(?:e-?\d+)?/g)].map(Number);
  if (colour === "transparent" || numbers.length < 3) return [0, 0, 0, 0];
  const [r, g, b, a = 1] = numbers;
  return [...[r, g, b].map((part) => Math.max(0, Math.min(255, Math.round(colour.startsWith("color(") ? 255 * part : part)))), a];
}

// A colour as attributes that every program knows; name: "fill", "stroke" or "stop".
function ink(name, colour) {
  const [r, g, b, a] = partsOf(colour);
  const opacity = a < 1 ? { [`${name}-opacity`]: round(a) } : {};
  return { [name === "stop" ? "stop-color" : name]: hex(r, g, b), ...opacity };
}

// A scale of colours from left to right; other gradients only show that a box can be scrolled.
function gradientOf(image) {
  if (!/^linear-gradient\((to right|90deg)/.test(image) || image.includes("), linear-gradient")) return null;
  const id = `lv-scale-${++counter}`;
  const stops = [...image.matchAll(/((?:rgba?|color)\([^)]*\)) ([\d.]+)%(?: ([\d.]+)%)?/g)].flatMap(([, colour, from, to]) =>
    [from, ...(to ? [to] : [])].map((offset) => svg("stop", { offset: `${offset}%`, ...ink("stop", colour) })),
  );
  return { id, defs: svg("linearGradient", { id }, ...stops) };
}

// The bar along a heatmap, in its quantity's colour, which no element of its own is.
function before(node, box, { into }) {
  const style = getComputedStyle(node, "::before");
  if (style.content === "none" || style.position !== "absolute" || !visible(style.backgroundColor)) return;
  const [left, top, width, height] = [style.left, style.top, style.width, style.height].map(parseFloat);
  if ([left, top, width, height].some(Number.isNaN)) return;
  into.push(svg("rect", { x: box.x + left, y: box.y + top, width, height, rx: parseFloat(style.borderTopLeftRadius) || 0, ...ink("fill", style.backgroundColor) }));
}

function picture(canvas, box, { into }) {
  const { width, height } = canvas;
  if (!width || !height || !box.width || !box.height) return;
  if (width * height > FEW) {
    const options = { ...box, preserveAspectRatio: "none", href: canvas.toDataURL("image/png"), style: "image-rendering: optimizeSpeed; image-rendering: pixelated" };
    return into.push(svg("image", options));
  }
  const copy = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const pixels = copy.getImageData(0, 0, width, height).data;
  const cells = svg("g", { "shape-rendering": "crispEdges" });
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [r, g, b, a] = pixels.subarray(4 * (row * width + column), 4 * (row * width + column) + 4);
      if (!a) continue;
      const [w, h] = [box.width / width, box.height / height];
      cells.append(svg("rect", { x: round(box.x + column * w), y: round(box.y + row * h), width: round(w), height: round(h), fill: hex(r, g, b), ...(a < 255 && { "fill-opacity": a / 255 }) }));
    }
  }
  into.push(cells);
}

function hex(...parts) {
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

// A drawing that is SVG already: with what its style sheet says of each of its shapes, in each of them.
function drawing(node, box, { into, least }) {
  const copy = node.cloneNode(true);
  const view = node.viewBox.baseVal;
  const scale = view?.width ? box.width / view.width : 1;
  const [own, copied] = [node, copy].map((each) => [...each.querySelectorAll("*")]);
  const names = new Map();
  own.forEach((from, k) => {
    const to = copied[k];
    const style = getComputedStyle(from);
    if (style.display === "none") return to.setAttribute("data-gone", "");
    for (const name of from instanceof SVGTextContentElement ? [...DRAWN, ...LETTERS] : DRAWN) {
      const value = style.getPropertyValue(name).replaceAll('"', "'");
      if (name === "fill" || name === "stroke") coloured(to, name, value, style);
      else if (value && !USUAL[name]?.includes(value) && value !== "none") to.setAttribute(name, value);
      else to.removeAttribute(name);
    }
    const size = parseFloat(style.fontSize) * scale;
    if (from instanceof SVGTextContentElement && size < least) to.setAttribute("font-size", `${least / scale}px`);
    for (const name of ["class", "style", "tabindex", "role"]) to.removeAttribute(name);
    for (const { name } of [...to.attributes]) if (/^(data-(?!gone)|aria-)/.test(name)) to.removeAttribute(name);
    if (to.id) {
      names.set(to.id, `lv-own-${++counter}`);
      to.id = names.get(to.id);
    }
  });
  for (const gone of copy.querySelectorAll("[data-gone], title, desc")) gone.remove();
  for (const each of copy.querySelectorAll("*")) {
    for (const { name, value } of [...each.attributes]) {
      const [, id] = value.match(/^url\(["']?#([^"')]+)["']?\)$/) ?? [];
      if (id) each.setAttribute(name, `url(#${names.get(id) ?? id})`);
    }
  }
  for (const { name } of [...copy.attributes]) if (name !== "viewBox" && name !== "preserveAspectRatio") copy.removeAttribute(name);
  const style = getComputedStyle(node);
  for (const name of ["fill", "stroke"]) coloured(copy, name, style[name], style);
  for (const [name, value] of Object.entries({ ...box, overflow: style.overflow === "hidden" ? "hidden" : "visible" })) copy.setAttribute(name, value);
  into.push(copy);
}

// opacity: of the colour itself, which goes into that of the shape
function coloured(node, name, value, style) {
  if (value === "none" || !/^(rgba?|color)\(/.test(value)) return node.setAttribute(name, value || "none");
  const own = Number(style.getPropertyValue(`${name}-opacity`));
  const { [name]: colour, [`${name}-opacity`]: opacity = 1 } = ink(name, value);
  node.setAttribute(name, colour);
  if (own * opacity < 1) node.setAttribute(`${name}-opacity`, round(own * opacity));
  else node.removeAttribute(`${name}-opacity`);
}

// What a field holds.
function written(node, style, box, at) {
  const text = node.matches("select") ? (node.selectedOptions[0]?.textContent ?? "") : node.value;
  const size = Math.max(at.least, parseFloat(style.fontSize));
  const left = box.x + parseFloat(style.paddingLeft) + parseFloat(style.borderLeftWidth);
  at.into.push(letters(text, style, { x: left, y: box.y + box.height / 2 + 0.35 * size, size }));
}

// A text where it stands, a line at a time, each as wide as it is here whatever fonts there are.
function lettering(node, style, at) {
  if (!node.textContent.trim()) return;
  for (const { text, rect } of linesOf(node)) {
    const box = place(rect, at);
    const upright = style.writingMode === "horizontal-tb";
    const [long, high] = upright ? [box.width, box.height] : [box.height, box.width];
    const { ascent, descent } = metrics(style);
    const size = parseFloat(style.fontSize);
    const larger = Math.max(1, at.least / size);
    const base = (ascent / (ascent + descent)) * high;
    const options = { x: box.x, y: box.y + base, size: size * larger, length: long * larger };
    if (!upright) Object.assign(options, { x: 0, y: base - high / 2, middle: true });
    const line = letters(text, style, options);
    if (!upright) line.setAttribute("transform", `translate(${box.x + box.width / 2} ${box.y + box.height / 2}) rotate(${style.writingMode === "sideways-lr" ? -90 : 90})`);
    // What offers help or more on a screen offers nothing on a slide.
    const offers = node.parentElement?.closest(".lv-term, button");
    if (!offers && style.textDecorationLine.includes("underline")) line.setAttribute("text-decoration", "underline");
    at.into.push(line);
  }
}

function letters(text, style, { x, y, size, length = 0, middle = false }) {
  const options = { x: round(x), y: round(y), ...ink("fill", style.color), "font-family": style.fontFamily.replaceAll('"', "'"), "font-size": `${round(size)}px` };
  if (style.fontWeight !== "400") options["font-weight"] = style.fontWeight;
  if (style.fontStyle !== "normal") options["font-style"] = style.fontStyle;
  if (middle) options["text-anchor"] = "middle";
  if (length) Object.assign(options, { textLength: round(length), lengthAdjust: "spacingAndGlyphs" });
  const node = svg("text", options);
  node.setAttributeNS("http://www.w3.org/XML/1998/namespace", "xml:space", "preserve");
  node.textContent = text;
  return node;
}

// The lines into which the browser broke a text: what of it stands on one, and where.
function linesOf(node) {
  const range = document.createRange();
  const lines = [];
  for (const { index, 0: word } of node.textContent.matchAll(/\s*\S+\s*?(?=\s|$)/gu)) {
    const start = index + word.length - word.trimStart().length;
    range.setStart(node, start);
    range.setEnd(node, index + word.length);
    for (const rect of range.getClientRects()) {
      if (!rect.width || !rect.height) continue;
      const last = lines[lines.length - 1];
      const same = last && Math.abs(last.rect.top - rect.top) < 2 && rect.left >= last.rect.left;
      if (same) {
        last.end = index + word.length;
        last.rect = union(last.rect, rect);
      } else lines.push({ start, end: index + word.length, rect });
    }
  }
  const text = node.textContent;
  return lines.map(({ start, end, rect }) => ({ text: text.slice(start, end).replace(/\s+/g, " "), rect }));
}

function union(a, b) {
  const [left, top] = [Math.min(a.left, b.left), Math.min(a.top, b.top)];
  const [right, bottom] = [Math.max(a.right, b.right), Math.max(a.bottom, b.bottom)];
  return { left, top, right, bottom, width: right - left, height: bottom - top };
}

const known = new Map();
let ruler = null;

// How far letters of a font reach above and below their line, whatever their size.
function metrics({ fontStyle, fontWeight, fontFamily }) {
  const font = `${fontStyle} ${fontWeight} 100px ${fontFamily}`;
  if (!known.has(font)) {
    ruler ??= document.createElement("canvas").getContext("2d");
    ruler.font = font;
    const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = ruler.measureText("x");
    known.set(font, { ascent, descent });
  }
  return known.get(font);
}
