// The cell as a drawing, from the places and wires that the server found in its definition; no cell is known by name.
// Lines and shapes are SVG; symbols, numbers and the strips of all units lie on top, so that text stays sharp.
import { element, replace, svg } from "../core/dom.js";
import { number } from "../core/format.js";
import { textWidth } from "../core/geometry.js";
import { scrolledByKeys } from "../core/scrolled.js";
import { drawHeatmap } from "./heatmap.js";

const MARGIN = { side: 42, top: 48, bottom: 38 };
const ROW = 88; // pixels at most
const [LEAST_ROW, LEAST_COLUMN] = [46, 53];
const ENTRANCE = 0.45; // of a row, saved where the last row only has what enters
const HALF = { layer: [23, 15], function: [23, 13], product: [13, 13], ratio: [13, 13], sum: [13, 13], complement: [18, 13], concatenate: [4, 12] };
const NUMBER = 3; // decimals on the wires
const SHORT = 21; // pixels of a wire on which there is no room for a strip
const READ_OUT = 40; // pixels, at least, from where the hidden state leaves down to the box that reads it
const [REACH, DEEP] = [64, 32]; // pixels to either side of what arrives, and above it, within which it hides the number below a strip
const FEW = 3; // numbers that arrive are shown as they are where there are fewer
const NAME = 12; // pixels of a line of a name
const FONT = "500 11.5px 'Source Sans 3', 'Source Sans', sans-serif";
const BESIDE = 10; // pixels of a column that a name beside a line leaves free

export function buildDiagram() {
  const picture = svg("svg", { role: "img" });
  const overlay = element("div", { class: "overlay" });
  const sheet = element("div", { class: "sheet" }, picture, overlay);
  const root = element("div", { class: "diagram" }, sheet);
  scrolledByKeys(root, sheet, "The drawing");
  const rest = element("p", { class: "help rest" }); // below, where the drawing is wider than there is room
  let badges = [];
  let labels = [];
  let ends = null; // where what arrives and what is read are shown

  // Everything that stays while stepping.
  function lay(page, width, height, theme) {
    const colours = page.themes[theme];
    const columns = Math.max(...page.parts.map((part) => part.place[0]));
    const rows = Math.max(...page.parts.map((part) => part.place[1]));
    const column = Math.max(LEAST_COLUMN, Math.min(150, (width - 2 * MARGIN.side) / columns));
    // What comes in from below needs less room than what has a row of its own.
    const entrance = page.parts.some((part) => part.place[1] === rows && part.kind !== "enter") ? 0 : ENTRANCE;
    const row = Math.max(LEAST_ROW, Math.min(ROW, (height - MARGIN.top - MARGIN.bottom) / Math.max(1, rows - entrance)));
    const size = [columns * column + 2 * MARGIN.side, (rows - entrance) * row + MARGIN.top + MARGIN.bottom];
    const at = ([x, y]) => [MARGIN.side + x * column, MARGIN.top + Math.min(y, rows - entrance) * row];
    const parts = new Map(page.parts.map((part) => [part.key, part]));
    const colourOf = (part) => colours.lines[part.owner] ?? colours.muted;
    picture.setAttribute("width", size[0]);
    picture.setAttribute("height", size[1]);
    sheet.style.width = `${size[0]}px`;
    sheet.style.height = `${size[1]}px`;

    const lines = page.wires.flatMap(({ points }) => points.slice(1).map((end, k) => [at(points[k]), at(end)]));
    const groups = page.groups.map(([stage, left, top, right, bottom]) => {
      const [x0, y0] = at([left, top]);
      const [x1, y1] = at([right, bottom]);
      const box = { x: x0 - 27, y: y0 - 26, width: x1 - x0 + 54, height: y1 - y0 + 46, rx: 12 };
      // A line that rises through the middle of the title has it on its left.
      const rising = lines.find(([a, b]) => a[0] === b[0] && Math.abs(2 * a[0] - x0 - x1) < 60 && Math.min(a[1], b[1]) < y0 - 29 && y0 - 29 < Math.max(a[1], b[1]));
      const title = svg("text", { x: rising ? rising[0][0] - 7 : (x0 + x1) / 2, y: y0 - 29, "text-anchor": rising ? "end" : "middle" });
      title.textContent = page.stages[stage].title;
      return svg("g", { class: "group" }, svg("rect", box), title);
    });
    const wires = page.wires.map((wire) => {
      const d = rounded(wire.points.map(at));
      const source = parts.get(wire.source);
      const key = source.kind === "concatenate" ? `into ${wire.target}` : wire.source;
      const leaves = parts.get(wire.target).kind === "leave";
      const line = svg("path", { class: "line", d, stroke: source.kind === "concatenate" ? colours.lines.inputs : colourOf(source) });
      if (leaves) line.setAttribute("marker-end", "url(#lv-arrow)");
      const flow = svg("path", { class: "flow", d, pathLength: 100 });
      return svg("g", { class: "wire", "data-key": key, "data-stage": wire.stage, "data-lit": wire.lit.join(" ") }, svg("path", { class: "reach", d }), line, flow);
    });
    const dots = page.forks.map((place) => {
      const [cx, cy] = at(place);
      return svg("circle", { class: "fork", cx, cy, r: 3.5 });
    });
    const shapes = page.parts.filter((part) => part.kind in HALF).map((part) => shape(part, at(part.place), colourOf(part)));
    // A part that is faint while a step is played still covers the lines behind it.
    const backs = shapes.map((node) => svg("g", { class: "back" }, node.firstChild.cloneNode()));
    const texts = page.parts.flatMap((part) => [...nameOf(part, page, at, column), ...stageOf(part, page, at)]);
    const leaving = page.parts.find((part) => part.key === "hidden_state+");
    const reading = page.stages.findIndex(({ name }) => name === "answer");
    const out = leaving && reading >= 0 ? readOut(at(leaving.place), at([0, rows])[1], reading, colourOf(leaving)) : null;
    rest.hidden = size[0] <= width;
    rest.textContent = `Drag the drawing sideways to see the rest${out ? ", up to the read-out and what it says" : ""}.`;
    replace(picture, arrow(), ...groups, ...wires, ...(out ? [out.wire] : []), ...dots, ...backs, ...shapes, ...(out ? [out.box] : []), ...texts);

    labels = [];
    const ports = [];
    const inputs = page.parts.find((part) => part.key === "inputs");
    const [x0, y0] = at(inputs.place);
    const hidesBelow = ([[from, top], [to]]) => Math.abs((from + to) / 2 - x0) < REACH && y0 > top && y0 - top < DEEP;
    badges = page.parts.filter((part) => part.values).flatMap((part) => {
      const wiresOut = page.wires.filter((wire) => wire.source === part.key);
      const place = longest(wiresOut.flatMap((wire) => clear(wire, parts, at)).flatMap((piece) => cut(piece, lines)));
      // What has no symbol, and no room for its number, is told by the equations alone.
      return part.quantity || lengthOf(place) >= SHORT ? [badge(part, place, labels, hidesBelow(place))] : [];
    });
    for (const part of page.parts) {
      if (part.kind !== "enter" && part.kind !== "leave") continue;
      const [x, y] = at(part.place);
      const arrives = part.key === "inputs";
      // What arrives leaves its strip upwards, or to the right, where its name would stand in the way.
      const aside = arrives && page.wires.some(({ source, points: [from, to] }) => source === part.key && from[1] === to[1]);
      const name = element("span", { class: `port ${arrives ? "beside-strip" : part.kind}${aside ? " before" : ""}`, "data-key": part.kind === "leave" ? part.owner : part.key });
      name.style.left = `${x}px`;
      name.style.top = `${y}px`;
      tellStages(name, part);
      ports.push(name);
      labels.push([name, part.kind === "leave" ? part.owner : part.key]);
    }
    ends = { arriving: arrival(inputs, at(inputs.place)), answer: out?.answer };
    replace(overlay, ...badges.flatMap((each) => each.nodes), ...ports, ...ends.arriving.nodes, ...(out ? [out.answer] : []));
    return sheet;
  }

  // What stands at the two ends of the cell. label: of the token; answer: { name, value }, where one is read
  function read({ label, answer, inputs, limits, scale }) {
    const { canvas, few, token } = ends.arriving;
    token.textContent = label;
    canvas.parentElement.hidden = inputs.length < FEW;
    few.hidden = !canvas.parentElement.hidden;
    if (few.hidden) drawHeatmap(canvas, { shape: [inputs.length, 1], values: inputs }, [0], limits, scale);
    else few.textContent = [...inputs].map((value) => number(value, NUMBER)).join(", ");
    if (!ends.answer) return;
    const [name, value] = ends.answer.children;
    name.textContent = answer.name;
    value.textContent = answer.value;
  }

  function name(symbols, grouped) {
    for (const [node, key] of labels) node.innerHTML = symbols[key] ?? "";
    root.classList.toggle("grouped", grouped);
  }

  // limits: key of a part → the ends of its scale; rowOf: array → its row of this step
  function paint({ page, arrays, limits, rowOf, unit, theme }) {
    const scales = page.themes[theme].scales;
    const place = page.order.indexOf(unit) / page.order.length;
    for (const { part, canvas, text, mark, vertical } of badges) {
      const array = arrays[part.key];
      const start = rowOf(array) * array.shape[1];
      text.textContent = number(array.values[start + unit], NUMBER);
      const all = array.values.subarray(start, start + array.shape[1]);
      if (vertical) drawHeatmap(canvas, { shape: [1, all.length], values: all }, page.order, limits[part.key], scales[part.scale]);
      else drawHeatmap(canvas, { shape: [all.length, 1], values: page.order.map((k) => all[k]) }, [0], limits[part.key], scales[part.scale]);
      mark.style[vertical ? "top" : "left"] = `${100 * place}%`;
    }
  }
  return { root, rest, picture, lay, name, paint, read };
}

// The numbers that arrive, as a strip in their own order, or as they are where there are few; below, what they stand for.
function arrival(part, [x, y]) {
  const canvas = element("canvas", { "aria-hidden": "true" });
  const strip = element("div", { class: "strip lying", "data-key": part.key, title: "what arrives, in its own order: it has no units" }, canvas);
  const few = element("b", { class: "few", "data-key": part.key });
  const token = element("span", { class: "token", "data-key": part.key });
  strip.style.cssText = `left:${x}px;top:${y}px;--length:84px`;
  for (const node of [few, token]) Object.assign(node.style, { left: `${x}px`, top: `${y}px` });
  for (const node of [strip, few, token]) tellStages(node, part);
  return { canvas, few, token, nodes: [strip, few, token] };
}

// Below where the hidden state leaves, at the drawing's lower edge: the box that reads it, and what it says.
function readOut([x, y], edge, stage, colour) {
  const about = { stage, lit: [stage] };
  const [left, top] = [x - 8, Math.max(y + READ_OUT, edge)]; // right of the number of the hidden state
  const wire = svg("g", { class: "wire", "data-key": "hidden_state" }, svg("path", { class: "line", d: `M${left},${y}V${top - 13}`, stroke: colour }), svg("path", { class: "flow", d: `M${left},${y}V${top - 13}`, pathLength: 100 }), svg("circle", { class: "fork", cx: left, cy: y, r: 3.5 }));
  const text = svg("text", { x: left - 20, y: top + 4, "text-anchor": "middle", class: "name" });
  text.textContent = "read-out";
  const box = svg("g", { class: "part read-out" }, svg("rect", { x: left - 50, y: top - 12, width: 60, height: 24, rx: 6, stroke: colour }), text);
  const answer = element("span", { class: "answer" }, element("span", {}), element("b", {}));
  answer.style.cssText = `right:calc(100% - ${x + 26}px);top:${top + 14}px`;
  for (const node of [wire, box, answer]) tellStages(node, about);
  return { wire, box, answer };
}

// The name of a box: below it, or beside the line that comes from there.
function nameOf(part, page, at, column) {
  if (!part.name) return [];
  const [x, y] = at(part.place);
  if (part.kind === "enter") return [named([part.name], part, { x: x - 12, y: y - 33, "text-anchor": "start" })];
  const [wide, half] = HALF[part.kind];
  const taken = touched(part, page);
  if (part.kind !== "layer" && taken.has("below") && !taken.has("right")) return [named(part.name.split(" "), part, { x: x + wide + 5, y: y - 1, "text-anchor": "start" })];
  if (taken.has("below")) return [named(part.name.split(" ").flatMap((word) => broken(word, column - BESIDE)), part, { x: x + 5, y: y + half + NAME + 1, "text-anchor": "start" })];
  return [named([part.name], part, { x, y: y + half + NAME + 1, "text-anchor": "middle" })];
}

// A word in two lines where it would run into the name of the next column.
function broken(word, room) {
  const half = Math.ceil(word.length / 2);
  return textWidth(word, FONT) > room ? [`${word.slice(0, half)}-`, word.slice(half)] : [word];
}

// The title of the stage that ends in a part, on a side from which no line comes, or at a corner.
function stageOf(part, page, at) {
  const stage = page.stages.find(({ says, ends }) => says && ends[0] === part.key);
  if (!stage) return [];
  const [x, y] = at(part.place);
  const [w, h] = HALF[part.kind] ?? [0, 0]; // what is another quantity is a place on a line
  const taken = touched(part, page);
  const sides = {
    above: { x, y: y - h - 6, "text-anchor": "middle" },
    right: { x: x + w + 6, y: y + 4, "text-anchor": "start" },
    below: { x, y: y + h + NAME + 1, "text-anchor": "middle" },
    left: { x: x - w - 6, y: y + 4, "text-anchor": "end" },
  };
  // Where it has a name below it, the title follows on that.
  if (part.name && !taken.has("below")) return [named([stage.title], part, { ...sides.below, y: sides.below.y + NAME }, "stage-name")];
  const free = Object.keys(sides).find((side) => !taken.has(side));
  const corner = { x: x + w + 1, y: y - h - 1, "text-anchor": "start" };
  return [named([stage.title], part, free ? sides[free] : corner, "stage-name")];
}

// The sides of a part at which lines begin or end.
function touched(part, page) {
  const [x, y] = part.place;
  return new Set(page.wires.flatMap(({ source, target, points }) => {
    const others = [...(source === part.key ? [points[1]] : []), ...(target === part.key ? [points[points.length - 2]] : [])];
    return others.map(([toX, toY]) => (toX === x ? (toY < y ? "above" : "below") : toX < x ? "left" : "right"));
  }));
}

function named(lines, part, { x, y, ...more }, kind = "") {
  const node = svg("text", { class: kind ? `name ${kind}` : "name", x, y, ...more }, ...lines.map((line, k) => {
    const piece = svg("tspan", { x, dy: k ? NAME : 0 });
    piece.textContent = line;
    return piece;
  }));
  tellStages(node, part);
  return node;
}

// A strip of all units on the wire, and the chosen unit's number beside it; over: above it, for what stands below.
function badge(part, [[x0, y0], [x1, y1]], labels, over = false) {
  const vertical = x0 === x1;
  const free = lengthOf([[x0, y0], [x1, y1]]) - 6;
  const length = Math.max(14, Math.min(vertical ? 46 : 84, free));
  const canvas = element("canvas", { "aria-hidden": "true" });
  const mark = element("i");
  const strip = element("div", { class: `strip ${vertical ? "upright" : "lying"}`, "data-key": part.key }, canvas, mark);
  const middle = [(x0 + x1) / 2, (y0 + y1) / 2];
  strip.style.cssText = `left:${middle[0]}px;top:${middle[1]}px;--length:${length}px`;
  const text = element("b", {});
  const value = element("span", { class: `number ${vertical ? "beside" : over ? "over" : "under"}${vertical && free < SHORT ? " in-line" : ""}`, "data-key": part.key }, text);
  value.style.cssText = `left:${middle[0]}px;top:${middle[1]}px`;
  if (part.quantity && !part.leaves) {
    const sign = element("span", { class: "sign" });
    value.prepend(sign);
    labels.push([sign, part.key]);
  }
  for (const node of [strip, value]) tellStages(node, part);
  return { part, canvas, text, mark, vertical, nodes: [strip, value] };
}

function shape(part, [x, y], colour) {
  const [w, h] = HALF[part.kind];
  const round = { product: 13, ratio: 13, sum: 13, complement: 13, function: 13, layer: 6, concatenate: 4 }[part.kind];
  const box = svg("rect", { x: x - w, y: y - h, width: 2 * w, height: 2 * h, rx: round, stroke: colour });
  const text = svg("text", { x, y: y + (part.label.length > 1 ? 5 : 6), "text-anchor": "middle", class: part.label.length > 1 ? "word" : "sign" });
  text.textContent = part.label;
  const node = svg("g", { class: `part ${part.kind}`, "data-key": part.key }, box, text);
  tellStages(node, part);
  node.style.setProperty("--colour", colour);
  return node;
}

// In which stage something is made, and in which it is spoken of.
function tellStages(node, { stage, lit }) {
  node.dataset.stage = stage;
  node.dataset.lit = lit.join(" ");
}

function arrow() {
  const tip = svg("path", { d: "M0,0L8,4L0,8Z", class: "tip-of-arrow" });
  const options = { id: "lv-arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto" };
  return svg("defs", {}, svg("marker", options, tip));
}

// The straight pieces of a wire, without what the parts at its ends cover.
function clear(wire, parts, at) {
  const points = wire.points.map(at);
  const ends = [wire.source, wire.target].map((key) => HALF[parts.get(key).kind] ?? [0, 0]);
  return points.slice(1).map((end, k) => {
    const start = points[k];
    const axis = start[0] === end[0] ? 1 : 0;
    const sign = Math.sign(end[axis] - start[axis]);
    const piece = [[...start], [...end]];
    if (k === 0) piece[0][axis] += sign * ends[0][axis];
    if (k === points.length - 2) piece[1][axis] -= sign * ends[1][axis];
    return piece;
  });
}

// The stretches of a piece between the lines that meet or cross it, so that nothing put on it hides where they do.
function cut([start, end], lines) {
  const axis = start[0] === end[0] ? 1 : 0;
  const across = 1 - axis;
  const within = (value, a, b) => Math.min(a, b) <= value && value <= Math.max(a, b);
  const places = lines
    .filter(([a, b]) => a[axis] === b[axis] && within(start[across], a[across], b[across]))
    .map(([a]) => a[axis])
    .filter((place) => place !== start[axis] && place !== end[axis] && within(place, start[axis], end[axis]));
  const sign = Math.sign(end[axis] - start[axis]);
  const ends = [start[axis], ...places.sort((a, b) => sign * (a - b)), end[axis]];
  const point = (place) => (axis ? [start[0], place] : [place, start[1]]);
  return ends.slice(1).map((place, k) => [point(ends[k]), point(place)]);
}

function longest(pieces) {
  return pieces.reduce((best, piece) => (lengthOf(piece) > lengthOf(best) + 1 ? piece : best));
}

function lengthOf([[x0, y0], [x1, y1]]) {
  return Math.hypot(x1 - x0, y1 - y0);
}

// Straight pieces with round corners.
function rounded(points) {
  let path = `M${points[0]}`;
  for (let k = 1; k < points.length - 1; k++) {
    const [before, corner, after] = [points[k - 1], points[k], points[k + 1]];
    path += `L${towards(corner, before)}Q${corner} ${towards(corner, after)}`;
  }
  return `${path}L${points[points.length - 1]}`;
}

function towards([x, y], [toX, toY]) {
  const length = Math.hypot(toX - x, toY - y);
  const share = Math.min(12, length / 2) / length;
  return [x + (toX - x) * share, y + (toY - y) * share];
}
