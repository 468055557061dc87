// A line chart with axes: lines, bands and marks over a shared x, hover readout, keyboard, no server.
//
// With a power axis, values are log10 of what they stand for. Values past an axis are drawn on its edge.
import { element, replace, svg } from "../core/dom.js";
import { compact, number, power, readable } from "../core/format.js";
import { textWidth, ticksBetween } from "../core/geometry.js";
import { presented, roomFrom } from "../core/presented.js";

const MARGIN = { left: 62, right: 14, top: 10, bottom: 40 };
const HEAD = 22; // pixels above the lines for the words that stand there: of the vertical axis, or of marks
const FONT = "13px 'Source Sans 3', 'Source Sans', sans-serif";
const LEGEND = { font: "14px 'Source Sans 3', 'Source Sans', sans-serif", key: 33 };
const IN_A_HALL = 16 / 13; // how much larger its type is for a lecture hall
const [LOWEST, HIGHEST, BELOW] = [200, 560, 30]; // pixels there: of a chart’s height, and of what is left free below it
const DASHES = { solid: "none", dash: "7 5", dot: "2 4" };

export function buildChart(onHover) {
  // To a screen reader a slider along the horizontal axis, whose value is what is read there.
  const picture = svg("svg", { role: "slider", "aria-roledescription": "line chart", "aria-description": "Left and right: from point to point.", tabindex: "0" });
  const title = element("h3");
  const legend = element("ul", { class: "legend" });
  const caption = element("p", { class: "caption" });
  const tip = element("div", { class: "tip", hidden: "" });
  const frame = element("div", { class: "chart-frame" }, picture, tip);
  const root = element("figure", { class: "line-chart" }, title, legend, frame, caption);
  const state = { spec: null, index: null };

  function update(spec, arrays, colours) {
    Object.assign(state, { spec, arrays, colours });
    root.dataset.chart = spec.name;
    title.textContent = spec.title;
    // The first sentence leads; the rest is there for those who read on.
    const [lead, ...rest] = spec.caption.split(/(?<=[.?”]) (?=[\p{Lu}“])/u);
    replace(caption, element("span", { class: "opening" }, lead), rest.length ? ` ${rest.join(" ")}` : "");
    picture.setAttribute("aria-label", spec.title);
    replace(legend, ...spec.series.map((series) => entry(series, colours)));
    legend.hidden = spec.series.length < 2;
    // Where entries do not fit side by side, they stand in columns as wide as the longest.
    const widest = Math.max(...spec.series.map((series) => textWidth(series.label, LEGEND.font)));
    legend.style.setProperty("--entry", `${Math.ceil(widest) + LEGEND.key}px`);
    draw();
  }

  function draw() {
    const { spec, arrays, colours } = state;
    const width = Math.max(240, frame.clientWidth);
    const room = roomFrom(frame);
    const height = room === null ? spec.height : Math.max(LOWEST, Math.min(HIGHEST, room - BELOW));
    const xs = arrays[spec.x].values;
    const plot = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top + (spec.marks.length || spec.yLabel ? HEAD : 0), bottom: height - MARGIN.bottom };
    const [x0, x1] = spec.xRange;
    const [y0, y1] = spec.yRange;
    const px = (x) => plot.left + ((x - x0) / (x1 - x0 || 1)) * (plot.right - plot.left);
    const py = (y) => plot.bottom - ((Math.min(y1, Math.max(y0, y)) - y0) / (y1 - y0 || 1)) * (plot.bottom - plot.top);
    Object.assign(state, { px, py, plot, xs });
    picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    picture.setAttribute("width", width);
    picture.setAttribute("height", height);
    const parts = [...axes(spec, plot, px, py)];
    for (const band of spec.bands) parts.push(area(band, arrays, xs, px, py, colours));
    for (const mark of spec.marks) parts.push(...flag(mark, plot, px));
    for (const series of spec.series) {
      parts.push(line(series, arrays, xs, px, py, colours));
      if (spec.points) parts.push(...points(series, arrays, xs, px, py, colours));
    }
    state.cursor = svg("g", { class: "cursor", visibility: "hidden" });
    replace(picture, ...parts, state.cursor);
    show(state.index);
  }

  function show(index) {
    state.index = index;
    const none = index === null || !state.xs || index >= state.xs.length;
    state.cursor?.setAttribute("visibility", none ? "hidden" : "visible");
    tip.hidden = true;
    say(none ? null : index);
    if (none) return;
    const { spec, arrays, colours, px, py, plot, xs } = state;
    const x = px(xs[index]);
    const known = spec.series.filter((series) => !Number.isNaN(arrays[series.array].values[index]));
    const dots = known.map((series) => {
      const fill = colours[series.colour];
      return svg("circle", { cx: x, cy: py(arrays[series.array].values[index]), r: 3.5, fill });
    });
    replace(state.cursor, svg("line", { x1: x, x2: x, y1: plot.top, y2: plot.bottom }), ...dots);
    const lines = spec.series.map((series) => {
      const key = element("i", { class: "swatch" });
      key.style.background = colours[series.colour];
      return element("div", {}, key, ` ${series.label}: ${readable(arrays[series.array].values[index], spec.power)}`);
    });
    replace(tip, element("div", {}, `${spec.xLabel}: ${spec.xNames[index] ?? number(xs[index], spec.xDigits)}`), ...lines);
    tip.hidden = false;
    const wide = frame.clientWidth;
    tip.style.left = `${Math.max(0, x + 14 + tip.offsetWidth > wide ? x - tip.offsetWidth - 14 : x + 14)}px`;
    tip.style.top = `${plot.top + 6}px`;
  }

  // Where nothing is pointed at, what there is to see.
  function say(index) {
    const { spec, arrays, xs } = state;
    const named = (series) => `${series.label} ${readable(arrays[series.array].values[index], spec.power)}`;
    const there = index === null ? spec.caption : [`${spec.xLabel} ${spec.xNames[index] ?? number(xs[index], spec.xDigits)}`, ...spec.series.map(named)].join(", ");
    const value = { "aria-valuemin": 0, "aria-valuemax": Math.max(0, xs.length - 1), "aria-valuenow": index ?? 0, "aria-valuetext": there };
    for (const [name, each] of Object.entries(value)) picture.setAttribute(name, each);
  }

  function nearest(event) {
    const box = picture.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * Number(picture.getAttribute("width"));
    let best = 0;
    for (let k = 1; k < state.xs.length; k++) {
      if (Math.abs(state.px(state.xs[k]) - at) < Math.abs(state.px(state.xs[best]) - at)) best = k;
    }
    return best;
  }
  picture.onpointermove = (event) => onHover(nearest(event), state.spec);
  picture.onpointerleave = () => onHover(null, state.spec);
  picture.onblur = () => onHover(null, state.spec);
  picture.onkeydown = (event) => {
    const last = state.xs.length - 1;
    const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -last - 1, End: last + 1 }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    onHover(Math.min(last, Math.max(0, (state.index ?? (by > 0 ? -1 : last + 1)) + by)), state.spec);
  };
  return { root, update, draw, show };
}

function entry(series, colours) {
  const key = svg("svg", { width: 26, height: 8, "aria-hidden": "true" });
  key.append(svg("line", { x1: 0, x2: 26, y1: 4, y2: 4, ...stroke(series, colours) }));
  return element("li", { title: series.meaning ?? "" }, key, series.label);
}

function stroke(series, colours) {
  return {
    stroke: colours[series.colour],
    "stroke-width": series.width,
    "stroke-dasharray": DASHES[series.dash],
    "stroke-opacity": series.opacity,
  };
}

function line(series, arrays, xs, px, py, colours) {
  const values = arrays[series.array].values;
  let path = "";
  for (let k = 0; k < values.length; k++) {
    if (Number.isNaN(values[k])) continue;
    path += `${path ? "L" : "M"}${px(xs[k]).toFixed(1)},${py(values[k]).toFixed(1)}`;
  }
  return svg("path", { d: path, fill: "none", "stroke-linejoin": "round", "data-series": series.array, ...stroke(series, colours) });
}

function area(band, arrays, xs, px, py, colours) {
  const [low, high] = [arrays[band.low].values, arrays[band.high].values];
  const there = Array.from(xs, (x, k) => `${px(x).toFixed(1)},${py(high[k]).toFixed(1)}`);
  const back = Array.from(xs, (x, k) => `${px(x).toFixed(1)},${py(low[k]).toFixed(1)}`).reverse();
  return svg("polygon", { points: [...there, ...back].join(" "), fill: colours[band.colour], "fill-opacity": 0.18 });
}

// A mark's words stand above the lines, and never past the ends of the axis.
function flag(mark, plot, px) {
  const x = px(mark.x);
  const half = textWidth(mark.label, FONT) / 2;
  const text = svg("text", { x: Math.min(plot.right - half, Math.max(plot.left + half, x)), y: plot.top - 6, "text-anchor": "middle" });
  text.textContent = mark.label;
  return [svg("line", { class: "flag", x1: x, x2: x, y1: plot.top, y2: plot.bottom }), text];
}

function points(series, arrays, xs, px, py, colours) {
  return Array.from(arrays[series.array].values, (value, k) => [value, k])
    .filter(([value]) => !Number.isNaN(value))
    .map(([value, k]) => svg("circle", { cx: px(xs[k]), cy: py(value), r: 3, fill: colours[series.colour] }));
}

function axes(spec, plot, px, py) {
  const parts = [];
  const many = Math.max(2, Math.min(8, Math.floor((plot.bottom - plot.top) / 34)));
  for (const tick of ticksBetween(...spec.yRange, many, spec.power)) {
    parts.push(svg("line", { class: "level", x1: plot.left, x2: plot.right, y1: py(tick), y2: py(tick) }));
    const text = svg("text", { class: "tick", x: plot.left - 8, y: py(tick) + 4, "text-anchor": "end" });
    text.textContent = spec.power ? power(tick) : compact(Number(tick.toPrecision(6)));
    parts.push(text);
  }
  if (spec.yLabel && !spec.marks.length) {
    const name = svg("text", { class: "axis-name", x: 0, y: plot.top - 15 });
    name.textContent = spec.yLabel;
    parts.push(name);
  }
  const across = Math.max(2, Math.min(8, Math.floor((plot.right - plot.left) / 90)));
  for (const tick of spec.xNames.length ? named(spec, plot) : ticksBetween(...spec.xRange, across, spec.xDigits === 0)) {
    const text = svg("text", { class: "tick", x: px(tick), y: plot.bottom + 18, "text-anchor": "middle" });
    text.textContent = spec.xNames[tick] ?? compact(Number(tick.toPrecision(6)));
    parts.push(svg("line", { class: "notch", x1: px(tick), x2: px(tick), y1: plot.bottom, y2: plot.bottom + 5 }), text);
  }
  const under = svg("text", { class: "axis-name", x: plot.right, y: plot.bottom + 36, "text-anchor": "end" });
  under.textContent = spec.xLabel;
  parts.push(under, svg("line", { class: "base", x1: plot.left, x2: plot.right, y1: plot.bottom, y2: plot.bottom }));
  return parts;
}

// As many of the names as fit, at even distances; slanted words are not drawn: a name is a word or two.
function named(spec, plot) {
  const widest = Math.max(...spec.xNames.map((name) => textWidth(name, FONT))) * (presented() ? IN_A_HALL : 1) + 5;
  const room = (plot.right - plot.left) / Math.max(1, spec.xNames.length - 1);
  const every = Math.ceil(widest / room);
  return spec.xNames.map((_, k) => k).filter((k) => k % every === 0);
}
