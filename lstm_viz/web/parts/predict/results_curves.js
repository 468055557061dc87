// All drawn curves laid over each other, with the middle half of them as a band; and in the end what is so.
import { element, replace, svg } from "../../core/dom.js";
import { buildPlane, curveOf } from "./plane.js";
import { scaleOf } from "./scale.js";
import { quartiles, runs } from "./series.js";

export function buildCurves() {
  const name = element("span");
  const label = element("p", { class: "name" }, element("i", { class: "swatch" }), name);
  const canvas = element("canvas", { role: "img" });
  const picture = svg("svg", { class: "middle", "aria-hidden": "true" });
  const real = svg("svg", { class: "real", "aria-hidden": "true" });
  const axes = buildPlane(canvas, picture, real);
  const legend = element("ul", { class: "legend" }, entry("each", "one curve each"), entry("half", "half of them"), entry("median", "the middle"), entry("so", "what happens"));
  const table = element("details", { class: "table" }, element("summary", {}, "The numbers as a table"));
  const numbers = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "The numbers as a table" });
  table.append(numbers);
  const root = element("div", { class: "draw-curve" }, label, axes.root, legend, table);
  let [last, scale, waiting] = [null, null, false];

  function update(given) {
    last = given;
    scale = scaleOf(given.asked);
    name.textContent = given.asked.name;
    legend.lastChild.hidden = !given.answered;
    later();
    if (table.open) fillTable();
    return spread(given);
  }

  // Where opinions are furthest apart.
  function spread({ asked, predictions }) {
    if (predictions.length < 4) return "";
    const middle = quartiles(predictions, asked.labels.length);
    const widths = middle.map((each) => (each ? scale.distance(each[0], each[2]) : -1));
    const step = widths.indexOf(Math.max(...widths));
    const where = asked.axis && asked.axis !== "step" ? `${asked.axis} ${asked.labels[step]}` : `“${asked.labels[step]}”`;
    return `They differ most at ${where}, where half of them lie between ${scale.show(middle[step][0])} and ${scale.show(middle[step][2])}.`;
  }

  // Predictions arrive faster than a picture is looked at.
  function later() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  }

  function draw() {
    const places = last && axes.layOut(last.asked, scale);
    if (!places) return;
    const { predictions, answered, asked } = last;
    const middle = quartiles(predictions, asked.labels.length);
    canvas.setAttribute("aria-label", `${predictions.length} drawn curves of ${asked.name}, laid over each other`);
    paint(predictions, places);
    replace(picture, ...places.levels(), band(middle, places), ...curveOf(middle.map((each) => each?.[1] ?? null), places).filter((each) => each.tagName === "polyline"));
    replace(real, ...(answered ? curveOf(answered.truth, places) : []));
  }

  function paint(curves, { x, y, width, height }) {
    const pixels = Math.max(1, canvas.getBoundingClientRect().width / (canvas.clientWidth || 1)) * (window.devicePixelRatio || 1);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    [canvas.width, canvas.height] = [Math.round(width * pixels), Math.round(height * pixels)];
    const context = canvas.getContext("2d");
    context.scale(pixels, pixels);
    context.strokeStyle = context.fillStyle = getComputedStyle(canvas).color;
    context.lineWidth = 1.25;
    context.lineJoin = "round";
    // Few are seen one by one; of many, where they are dense.
    context.globalAlpha = Math.min(0.6, Math.max(0.05, 4 / Math.sqrt(curves.length * curves.length + 40)));
    for (const curve of curves) {
      context.beginPath();
      for (const [from, to] of runs(curve)) {
        if (from === to) context.rect(x(from) - 1, y(curve[from]) - 1, 2, 2);
        for (let step = from; step <= to; step++) context[step === from ? "moveTo" : "lineTo"](x(step), y(curve[step]));
      }
      context.stroke();
    }
  }

  function band(middle, { x, y }) {
    const shapes = runs(middle).map(([from, to]) => {
      const steps = Array.from({ length: to - from + 1 }, (_, k) => from + k);
      const low = steps.map((k) => `${x(k).toFixed(1)},${y(middle[k][0]).toFixed(1)}`);
      const high = steps.reverse().map((k) => `${x(k).toFixed(1)},${y(middle[k][2]).toFixed(1)}`);
      return `M${[...low, ...high].join("L")}Z`;
    });
    return svg("path", { class: "half", d: shapes.join("") });
  }

  table.ontoggle = () => table.open && fillTable();

  function fillTable() {
    const { asked, predictions, answered } = last;
    const middle = quartiles(predictions, asked.labels.length);
    const cell = (value) => element("td", {}, value === null || value === undefined ? "–" : scale.show(value));
    const rows = asked.labels.map((each, k) => element("tr", {}, element("th", { scope: "row" }, each), ...[0, 1, 2].map((part) => cell(middle[k]?.[part])), ...(answered ? [cell(answered.truth[k])] : [])));
    const names = ["", "a quarter lie below", "the middle", "a quarter lie above", ...(answered ? ["what happens"] : [])];
    replace(numbers, element("table", {}, element("thead", {}, element("tr", {}, ...names.map((text) => element("th", { scope: "col" }, text)))), element("tbody", {}, ...rows)));
  }

  new ResizeObserver(later).observe(root);
  return { root, update };
}

function entry(kind, text) {
  return element("li", {}, svg("svg", { width: 26, height: 12, class: kind, "aria-hidden": "true" }, svg("line", { x1: 0, x2: 26, y1: 6, y2: 6 })), text);
}
