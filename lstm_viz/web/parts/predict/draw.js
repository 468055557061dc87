// Draw it: empty axes on which the reader draws, with a pointer or with keys; then what is so is laid over the drawing.
import { element, replace, svg } from "../../core/dom.js";
import { markToken } from "../../draw/axis.js";
import { buildPlane, curveOf } from "./plane.js";
import { gapBetween, widest } from "./reveal.js";
import { scaleOf } from "./scale.js";
import { between, furthest, lacking, nearby, runs } from "./series.js";

const POINTERS = "Draw with the mouse, a pen or a finger. ";
const KEYS = "Or with keys: ← → go from step to step, ↑ ↓ raise and lower, Page Up and Page Down further, the space bar goes on at the same height, Delete takes a step away.";
let descriptions = 0;

export function buildDraw(onChange) {
  const id = `lv-draw-${descriptions++}`;
  const name = element("span");
  const swatch = element("i", { class: "swatch" });
  const label = element("p", { class: "name" }, swatch, name);
  const missing = element("div", { class: "missing" });
  const here = element("div", { class: "here", "aria-hidden": "true" }, "Draw here");
  const picture = svg("svg", { class: "drawing", tabindex: 0, "aria-describedby": id });
  const real = svg("svg", { class: "real", "aria-hidden": "true" });
  const marks = svg("svg", { class: "marks", "aria-hidden": "true" });
  const axes = buildPlane(missing, here, picture, real, marks);
  const hint = element("small", { id }, POINTERS, element("span", { class: "by-key" }, KEYS));
  const at = element("output", { "aria-live": "off" });
  const clear = element("button", { type: "button", class: "quiet" }, "Clear");
  const tools = element("div", { class: "tools" }, hint, at, clear);
  const legend = element("ul", { class: "legend", hidden: "" }, entry("yours", "Your drawing"), entry("so", "What happens"));
  const table = element("details", { class: "table" }, element("summary", {}, "The numbers as a table"));
  const numbers = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "The numbers as a table" });
  table.append(numbers);
  const root = element("div", { class: "draw-curve" }, label, axes.root, tools, legend, table);
  let [asked, scale, answered, shown] = [null, null, null, ""];
  let axisName = "step";
  let places = null; // where things are on the axes
  let values = [];
  let chosen = null; // the step that is read out: under the pointer, or where the keys are
  let last = null; // { step, share } where the pointer was while it draws

  const steps = () => asked.labels.length;

  function update(given) {
    if (shown !== JSON.stringify(given.asked)) {
      shown = JSON.stringify(given.asked);
      asked = given.asked;
      scale = scaleOf(asked);
      axisName = asked.axis ?? "step"; // or what the labels are numbers of, such as "length"
      name.textContent = asked.name;
      [chosen, last] = [null, null];
    }
    // While the pointer draws, what it draws is newer than what is told.
    if (!last) values = Array.from({ length: steps() }, (_, k) => given.prediction?.[k] ?? null);
    answered = given.answered;
    root.style.setProperty("--of", asked.colour?.[given.theme] ?? "var(--st-text-color)");
    clear.hidden = hint.hidden = Boolean(answered);
    legend.hidden = table.hidden = !answered;
    if (answered) fillTable();
    layOut();
  }

  function layOut() {
    places = asked && axes.layOut(asked, scale);
    draw();
  }

  function draw() {
    if (!places) return;
    const drawn = values.some((value) => value !== null);
    missing.hidden = Boolean(answered) && !drawn;
    here.hidden = Boolean(answered) || drawn;
    legend.firstChild.hidden = !drawn;
    replace(missing, ...runs(values, false).map(([from, to]) => {
      const open = element("i");
      open.style.left = `${from * places.column}px`;
      open.style.width = `${(to - from + 1) * places.column}px`;
      return open;
    }));
    replace(picture, ...places.levels(), ...curveOf(values, places), ...cursor(places));
    replace(real, ...(answered ? [gapBetween(values, answered.truth, places), ...curveOf(answered.truth, places)] : []));
    replace(marks, ...(answered ? widest(values, answered.truth, scale, places) : []));
    const worst = answered ? furthest(values, answered.truth, scale.distance) : null;
    markToken(axes.axis, chosen ?? worst ?? -1);
    describe();
  }

  function cursor({ x, y, height }) {
    if (chosen === null) return [];
    const line = svg("line", { class: "cursor", x1: x(chosen), x2: x(chosen), y1: 0, y2: height });
    return values[chosen] === null ? [line] : [line, svg("circle", { class: "here-now", cx: x(chosen), cy: y(values[chosen]), r: 6 })];
  }

  picture.onpointerdown = (event) => {
    if (answered || event.button || !event.isPrimary) return;
    event.preventDefault();
    picture.setPointerCapture(event.pointerId);
    last = axes.spot(event, steps());
    stroke([last]);
  };
  // A stroke is no gesture of the browser's: a finger lifted in flight would cost the next tap its click.
  picture.addEventListener("touchstart", (event) => !answered && event.cancelable && event.preventDefault(), { passive: false });
  picture.onpointermove = (event) => {
    if (!asked) return;
    const now = axes.spot(event, steps());
    chosen = now.step;
    if (last) {
      const passed = between(last, now);
      last = now;
      stroke(passed);
    } else draw();
    read();
  };
  picture.onpointerup = picture.onpointercancel = () => (last = null);
  picture.onpointerleave = picture.onblur = () => {
    if (last) return;
    chosen = null;
    read();
    draw();
  };

  function stroke(passed) {
    for (const { step, share } of passed) values[step] = scale.value(share);
    chosen = passed[passed.length - 1].step;
    changed();
  }

  function changed() {
    draw();
    read();
    onChange();
  }

  picture.onkeydown = (event) => {
    if (!asked || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = chosen ?? 0;
    const across = { ArrowLeft: -1, ArrowRight: 1, Home: -steps(), End: steps(), " ": 1 }[event.key];
    const up = { ArrowUp: 0.02, ArrowDown: -0.02, PageUp: 0.1, PageDown: -0.1 }[event.key];
    const away = ["Delete", "Backspace"].includes(event.key);
    if (across === undefined && up === undefined && !away) return;
    // Of an answered question only the steps are gone through; other keys are the page's.
    if (answered && (event.key === " " || up || away)) return;
    event.preventDefault();
    event.stopPropagation();
    chosen = Math.min(steps() - 1, Math.max(0, step + (event.key === " " && values[step] === null ? 0 : across ?? 0)));
    if (up) values[step] = nudged(values[step] ?? nearby(values, step), up);
    if (event.key === " ") values[chosen] = nearby(values, step) ?? scale.value(0.5);
    if (away) values[step] = null;
    if (up || away || event.key === " ") return changed();
    draw();
    read();
  };
  picture.onfocus = () => {
    if (!asked || !picture.matches(":focus-visible")) return;
    chosen ??= 0;
    read();
    draw();
  };
  clear.onclick = () => {
    values = values.map(() => null);
    chosen = null;
    changed();
    picture.focus();
  };

  // From nothing the keys begin in the middle; a key moves what is shown by one last digit at least.
  function nudged(value, by) {
    if (value === null) return scale.value(0.5 + by);
    const wanted = scale.value(scale.share(value) + by);
    return wanted === value ? scale.value(scale.share(value) + 5 * by) : wanted;
  }

  function read() {
    at.textContent = chosen === null ? "" : reading(chosen);
    describe();
  }

  function reading(step) {
    const own = values[step] === null ? "not drawn" : scale.show(values[step]);
    const where = axisName !== "step" ? `${axisName} ${asked.labels[step]}` : asked.labels[step] === String(step) ? `step ${step}` : `step ${step}, “${asked.labels[step]}”`;
    if (!answered) return `${where}: ${own}`;
    return `${where}: you ${own}, it is ${(answered.truth[step] ?? null) === null ? "–" : scale.show(answered.truth[step])}`;
  }

  function describe() {
    const step = chosen ?? 0;
    const drawn = values.filter((value) => value !== null).length;
    const said = {
      role: answered ? "img" : "slider",
      "aria-label": answered ? `${asked.name}: your drawing and what happens. ${answered.said ?? ""}` : `Your drawing: ${asked.name}, ${drawn} of ${steps()} ${axisName}s drawn`,
      "aria-valuemin": scale.low,
      "aria-valuemax": scale.high,
      "aria-valuenow": values[step] ?? scale.low,
      "aria-valuetext": steps() ? reading(step) : "empty",
    };
    for (const [attribute, value] of Object.entries(said)) {
      if (answered && attribute.startsWith("aria-value")) picture.removeAttribute(attribute);
      else picture.setAttribute(attribute, value);
    }
  }

  function fillTable() {
    const cell = (series, k) => element("td", {}, (series[k] ?? null) === null ? "–" : scale.show(series[k]));
    const rows = asked.labels.map((each, k) => element("tr", {}, element("th", { scope: "row" }, each), cell(values, k), cell(answered.truth, k)));
    const head = ["", "your drawing", "what happens"].map((text) => element("th", { scope: "col" }, text));
    replace(numbers, element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows)));
  }

  function wanting() {
    const left = lacking(values);
    if (!left) return "";
    return left === lacking(values.map(() => null)) ? "Draw the curve first." : `Draw ${left} more ${left === 1 ? "step" : "steps"}.`;
  }

  new ResizeObserver(layOut).observe(root);
  return { root, update, prediction: () => (values.every((value) => value === null) ? null : [...values]), lacking: wanting };
}

function entry(kind, text) {
  const line = svg("svg", { width: 26, height: 8, class: kind, "aria-hidden": "true" }, svg("line", { x1: 0, x2: 26, y1: 4, y2: 4 }));
  return element("li", {}, line, text);
}
