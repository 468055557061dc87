// A series of numbers as a curve that the pointer draws; the text below it holds the same numbers.
import { element, replace, svg } from "../core/dom.js";
import { compact, number } from "../core/format.js";
import { ticksBetween, within } from "../core/geometry.js";
import { buildSwitch } from "./switch.js";

const HEIGHT = 150;
const MARKS = 24; // height of the row in which numbers are marked
const GUTTER = 46;
const PAD = 10;

// onText(text): the numbers have been drawn; onDegrees(letter): another unit was chosen
export function buildCurve(onText, onDegrees) {
  const picture = svg("svg", { role: "slider", class: "curve", tabindex: 0 });
  const degrees = buildSwitch("Unit", onDegrees);
  const more = tool("+", "Add one at the end", () => change((series) => series.push([...series[series.length - 1]])));
  const fewer = tool("−", "Remove the last", () => change((series) => series.length > 1 && series.pop()));
  const hint = element("small");
  const at = element("output", { "aria-live": "off" }); // what the curve itself says as its value
  const tools = element("div", { class: "tools" }, hint, at, fewer, more, degrees.root);
  const root = element("div", { class: "curve-box", hidden: "" }, picture, tools);
  let series = []; // [value, marked], a pair a step
  let spec = null;
  let last = null; // the step under the pointer while it draws
  let hovered = null;

  const width = () => picture.clientWidth || picture.parentElement.clientWidth;
  const spacing = () => (width() - GUTTER - PAD) / Math.max(1, series.length);
  const x = (step) => GUTTER + (step + 0.5) * spacing();
  const y = (value) => PAD + ((spec.ends[1] - value) / (spec.ends[1] - spec.ends[0])) * (HEIGHT - 2 * PAD);

  // array: (steps, 2) value and mark, or null to keep what is drawn; unreadable: the text holds no numbers now
  function update(editor, array, { degrees: units, degree }, unreadable) {
    root.hidden = editor.kind !== "numbers";
    if (root.hidden) return;
    // What cannot be read is not to be lost by drawing over it.
    root.classList.toggle("locked", unreadable);
    more.disabled = fewer.disabled = unreadable;
    // While the pointer draws, what it draws is newer than what the server answers.
    if (last === null && array && !(unreadable && spec)) {
      series = Array.from({ length: array.shape[0] }, (_, k) => [array.values[2 * k], array.values[2 * k + 1]]);
      const values = series.map(([value]) => value);
      const [lowest, highest] = editor.curve.ends;
      spec = { ...editor, ...editor.curve, ends: [Math.min(lowest, ...values), Math.max(highest, ...values)] };
    }
    if (!spec) return;
    degrees.root.hidden = units.length < 2;
    degrees.update(units, degree);
    hint.textContent = `Draw with the mouse or a finger${spec.marks ? ", click the row below the curve to mark a number" : ""}; or with the keys ← → and ↑ ↓${spec.marks ? ", and the space bar to mark" : ""}; or edit the numbers in the text.`;
    draw();
  }

  function draw() {
    const height = HEIGHT + (spec.marks ? MARKS : 0);
    picture.setAttribute("height", height);
    describe();
    const right = width() - PAD;
    const [low, high] = spec.range;
    const band = svg("rect", { class: "band", x: GUTTER, y: y(high), width: Math.max(0, right - GUTTER), height: y(low) - y(high) });
    band.append(svg("title", {}, "the range of the training data"));
    const levels = ticksBetween(...spec.ends).flatMap((tick) => [
      svg("line", { class: "level", x1: GUTTER, x2: right, y1: y(tick), y2: y(tick) }),
      svg("text", { class: "tick", x: GUTTER - 6, y: y(tick) + 4, "text-anchor": "end" }, `${compact(tick)}${spec.unit}`),
    ]);
    const points = series.map(([value], k) => `${x(k).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
    const parts = [band, ...levels, svg("polyline", { points })];
    if (spacing() >= 7) parts.push(...series.map(([value], k) => dot(k, value)));
    if (spec.marks) parts.push(...marks(right));
    if (hovered !== null && hovered < series.length) {
      parts.push(svg("circle", { class: "hovered", cx: x(hovered), cy: y(series[hovered][0]), r: 5 }));
    }
    replace(picture, ...parts);
  }

  function dot(step, value) {
    const outside = value < spec.range[0] || value > spec.range[1];
    return svg("circle", { class: outside ? "dot outside" : "dot", cx: x(step), cy: y(value), r: 3 });
  }

  function marks(right) {
    const level = HEIGHT + MARKS / 2;
    const row = [svg("rect", { class: "mark-row", x: GUTTER, y: HEIGHT + 2, width: Math.max(0, right - GUTTER), height: MARKS - 4, rx: 4 })];
    row.push(svg("text", { class: "tick", x: GUTTER - 6, y: level + 4, "text-anchor": "end" }, "marks"));
    series.forEach(([value, marked], k) => {
      if (marked) row.push(svg("line", { class: "stem", x1: x(k), x2: x(k), y1: y(value), y2: level }));
      if (marked || spacing() >= 9) row.push(svg("circle", { class: marked ? "mark-dot on" : "mark-dot", cx: x(k), cy: level, r: marked ? 6 : 3 }));
    });
    return row;
  }

  function place(event) {
    const [left, top] = within(picture, event);
    const step = Math.floor((left - GUTTER) / spacing());
    const share = (top - PAD) / (HEIGHT - 2 * PAD);
    const value = spec.ends[1] - Math.min(1, Math.max(0, share)) * (spec.ends[1] - spec.ends[0]);
    return {
      step: Math.min(series.length - 1, Math.max(0, step)),
      value: Number(value.toFixed(spec.decimals)),
      inMarks: spec.marks && top > HEIGHT,
    };
  }

  picture.onpointerdown = (event) => {
    if (!spec || !series.length || event.button) return;
    event.preventDefault();
    const { step, value, inMarks } = place(event);
    if (inMarks) return change(() => (series[step][1] = series[step][1] ? 0 : 1));
    picture.setPointerCapture(event.pointerId);
    last = { step, value };
    change(() => (series[step][0] = value));
  };
  picture.onpointermove = (event) => {
    if (!spec || !series.length) return;
    const { step, value } = place(event);
    hovered = step;
    if (last) {
      // A fast pointer skips steps: those in between lie on the straight line to where it is.
      const span = step - last.step;
      for (let k = 1; k <= Math.max(1, Math.abs(span)); k++) {
        const share = span ? k / Math.abs(span) : 1;
        const between = last.value + (value - last.value) * share;
        series[last.step + Math.sign(span) * Math.min(k, Math.abs(span))][0] = Number(between.toFixed(spec.decimals));
      }
      last = { step, value };
      write();
    }
    show();
  };
  picture.onpointerup = picture.onpointercancel = () => (last = null);
  picture.onpointerleave = () => {
    hovered = null;
    at.textContent = "";
    if (spec && series.length) draw();
  };

  // Arrow keys: which number, and its value; a tenth of what divides the scale, or with the page keys all of it.
  picture.onkeydown = (event) => {
    if (!spec || !series.length || root.classList.contains("locked") || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = Math.min(hovered ?? 0, series.length - 1);
    const across = { ArrowLeft: -1, ArrowRight: 1, Home: -series.length, End: series.length }[event.key];
    const up = { ArrowUp: 0.1, ArrowDown: -0.1, PageUp: 1, PageDown: -1 }[event.key];
    const marking = event.key === " " && spec.marks;
    if (!across && !up && !marking) return;
    event.preventDefault();
    hovered = Math.min(series.length - 1, Math.max(0, step + (across ?? 0)));
    if (up) change(() => (series[step][0] = raised(series[step][0], up)));
    if (marking) change(() => (series[step][1] = series[step][1] ? 0 : 1));
    show();
  };
  picture.onfocus = () => {
    if (!spec || !series.length || !picture.matches(":focus-visible")) return;
    hovered ??= 0;
    show();
  };
  picture.onblur = picture.onpointerleave;

  function raised(value, share) {
    const [low, high] = spec.ends;
    const [first, second] = ticksBetween(low, high);
    const wanted = Number((value + share * (second - first)).toFixed(spec.decimals));
    return Math.min(high, Math.max(low, wanted));
  }

  function show() {
    at.textContent = reading(hovered);
    draw();
  }

  function reading(step) {
    const [value, marked] = series[step];
    return `step ${step}: ${number(value, spec.decimals)} ${spec.unit}`.trim() + (marked ? ", marked" : "");
  }

  function describe() {
    const step = Math.min(hovered ?? 0, series.length - 1);
    const [low, high] = spec.ends;
    const said = { "aria-label": `Curve of ${series.length} ${spec.noun}; the text below holds the same numbers`, "aria-valuemin": low, "aria-valuemax": high, "aria-valuenow": series[step]?.[0] ?? low, "aria-valuetext": series.length ? reading(step) : "empty" };
    for (const [name, value] of Object.entries(said)) picture.setAttribute(name, value);
  }

  function change(how) {
    how(series);
    write();
    draw();
  }

  let written = "";
  function write() {
    const text = series.map(([value, marked]) => `${Number(value.toPrecision(6))}${marked ? "*" : ""}`).join(", ");
    if (text !== written || last === null) onText(text);
    written = text;
  }

  new ResizeObserver(() => spec && !root.hidden && draw()).observe(root);
  return { root, update };
}

function tool(sign, label, onClick) {
  const button = element("button", { type: "button", class: "quiet", "aria-label": label, title: label }, sign);
  button.onclick = onClick;
  return button;
}
