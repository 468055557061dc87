// A time-line of a training: curves over its steps, on a log scale, with a mark where one is that can be dragged or played,
// and others to compare with. It knows no network: whoever moves the mark shows what is there.
import { element, replace, svg } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { clamp, within } from "../../core/geometry.js";

const [HEIGHT, FOOT, HEAD] = [80, 18, 14]; // pixels: of all, of the steps below the curves, of what stands above them
const [LEFT, RIGHT] = [12, 12];
const GRIP = 9; // pixels to either side of another mark's flag within which it is taken
const [PACE, CALM, WHOLE] = [180, 900, 9000]; // milliseconds a state when it plays, where no motion is wanted, and for all of them at most

// onMove(index, moving): the mark is elsewhere, and still on its way; onMark(k, index): so is another of `marks`, where these
// can be moved; onRest(): it has come to rest, after it was dragged or played
// → { root, now, update({ steps, curves, at, marks, theme, one, words }) }; now: what is where the mark is, in words; it may stand elsewhere
//   steps: after how many training steps each state was taken, rising; they may become more
//   curves: [{ name, values: a number a state, colour, said(value) → text }], each drawn over its own range, or where they are
//   to be compared (`one`), all over one; words: what a step and the last of them are called
//   at: the index on show; marks: [{ at: index, name }]; theme: "light" or "dark", told so that colours are drawn anew
export function buildTimeline({ onMove, onMark = null, onRest = () => {} }) {
  const picture = svg("svg", { role: "slider", class: "line", tabindex: 0, height: HEIGHT, "aria-label": "Training steps" });
  const play = element("button", { type: "button", class: "quiet play" });
  const now = element("p", { class: "timeline-now" });
  const root = element("div", { class: "timeline" }, element("div", { class: "run" }, play, picture), now);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let spec = null;
  let timer = 0;
  let held = null; // what is dragged: "at", or the place of a mark
  let frame = 0;

  const last = () => spec.steps.length - 1;
  const width = () => picture.clientWidth || 300;
  const most = () => Math.log1p(spec.steps[last()]) || 1;
  const x = (index) => LEFT + (Math.log1p(spec.steps[index]) / most()) * (width() - LEFT - RIGHT);
  const bottom = HEIGHT - FOOT;

  function update(given) {
    spec = given;
    if (!spec.steps.length) return;
    draw();
    sayPlay();
  }

  function draw() {
    const at = clamp(spec.at, spec.steps.length);
    const ends = [svg("line", { class: "base", x1: LEFT, x2: width() - RIGHT, y1: bottom, y2: bottom }), ...scale()];
    const marks = (spec.marks ?? []).flatMap((mark, k) => flag(mark, k));
    const here = [
      svg("line", { class: "here", x1: x(at), x2: x(at), y1: HEAD - 6, y2: bottom }),
      svg("circle", { class: "grip", cx: x(at), cy: bottom, r: 7 }),
      ...spec.curves.filter(({ values }) => Number.isFinite(values[at])).map((curve) => svg("circle", { class: "value", cx: x(at), cy: heightIn(curve)(curve.values[at]), r: 4, fill: curve.colour })),
    ];
    replace(picture, ...ends, ...spec.curves.flatMap(drawn), ...marks, ...here);
    const said = reading(at);
    replace(now, element("strong", {}, stepName(spec.steps[at], at)), ...spec.curves.flatMap((curve) => entry(curve, at)));
    for (const [name, value] of Object.entries({ "aria-valuemin": 0, "aria-valuemax": last(), "aria-valuenow": at, "aria-valuetext": said })) picture.setAttribute(name, value);
  }

  // Round steps below the curves: 0, 1, 10, … as far as they go, and the last.
  function scale() {
    const [end] = spec.steps.slice(-1);
    const tens = Array.from({ length: Math.max(0, Math.ceil(Math.log10(end || 1))) }, (_, k) => 10 ** k);
    const room = (step) => Math.log1p(end) - Math.log1p(step) > most() * 0.09;
    return [0, ...tens.filter((step) => step < end && room(step)), end].flatMap((step) => {
      const place = LEFT + (Math.log1p(step) / most()) * (width() - LEFT - RIGHT);
      const anchor = step === end ? "end" : step === 0 ? "start" : "middle";
      return [
        svg("line", { class: "notch", x1: place, x2: place, y1: bottom, y2: bottom + 4 }),
        svg("text", { class: "tick", x: step === end ? width() - 2 : step === 0 ? 4 : place, y: HEIGHT - 2, "text-anchor": anchor }, step.toLocaleString("en-US")),
      ];
    });
  }

  function heightIn({ values }) {
    const finite = (spec.one ? spec.curves.flatMap((curve) => curve.values) : values).filter(Number.isFinite);
    const [low, high] = [Math.min(...finite), Math.max(...finite)];
    return (value) => bottom - 7 - ((value - low) / (high - low || 1)) * (bottom - HEAD - 10);
  }

  function drawn(curve) {
    const y = heightIn(curve);
    const points = curve.values.flatMap((value, k) => (k <= last() && Number.isFinite(value) ? [`${x(k).toFixed(1)},${y(value).toFixed(1)}`] : []));
    return [svg("polyline", { points: points.join(" "), stroke: curve.colour })];
  }

  function flag({ at, name }, k) {
    const place = x(clamp(at, spec.steps.length));
    const anchor = place > width() / 2 ? "end" : "start";
    const text = svg("text", { class: "tick", x: place + (anchor === "end" ? -5 : 5), y: HEAD - 5, "text-anchor": anchor }, name);
    return [svg("line", { class: "mark", x1: place, x2: place, y1: 4, y2: bottom }), svg("path", { class: onMark ? "flag movable" : "flag", d: `M${place - 4},0h8l-4,7z`, "data-mark": k }), text];
  }

  function entry({ name, values, colour, said = (value) => number(value, 3) }, at) {
    if (!Number.isFinite(values[at])) return [];
    const key = element("i", { class: "swatch" });
    key.style.background = colour;
    return [element("span", {}, key, ` ${name} ${said(values[at])}`)];
  }

  const reading = (at) => [stepName(spec.steps[at], at), ...spec.curves.filter(({ values }) => Number.isFinite(values[at])).map(({ name, values, said = (value) => number(value, 3) }) => `${name} ${said(values[at])}`)].join(", ");

  function stepName(step, at) {
    if (!step) return "untrained";
    const [word, end] = spec.words ?? ["step", "the end"];
    return `after ${step.toLocaleString("en-US")} ${word}${step === 1 ? "" : "s"}${at === last() ? `, ${end}` : ""}`;
  }

  function nearest(event) {
    const [left] = within(picture, event);
    return spec.steps.reduce((best, _, k) => (Math.abs(x(k) - left) < Math.abs(x(best) - left) ? k : best), 0);
  }

  // Shown here at once; told once a frame, however fast the pointer is.
  function move(index) {
    const to = clamp(index, spec.steps.length);
    if (to === spec.at) return;
    spec = { ...spec, at: to };
    draw();
    if (!frame) frame = requestAnimationFrame(() => {
      frame = 0;
      onMove(spec.at, moving());
    });
  }

  picture.onpointerdown = (event) => {
    if (!spec?.steps.length || event.button) return;
    event.preventDefault();
    picture.focus({ preventScroll: true });
    pause();
    const [left, top] = within(picture, event);
    const marks = onMark ? (spec.marks ?? []) : [];
    const taken = top < HEAD + 4 ? marks.findIndex(({ at }) => Math.abs(x(at) - left) <= GRIP) : -1;
    held = taken < 0 ? "at" : taken;
    picture.setPointerCapture(event.pointerId);
    if (held === "at") move(nearest(event));
  };
  picture.onpointermove = (event) => {
    if (held === "at") move(nearest(event));
    else if (held !== null) mark(held, nearest(event));
  };
  picture.onpointerup = picture.onpointercancel = () => {
    if (held === null) return;
    held = null;
    rest();
  };
  const moving = () => held !== null || timer !== 0;
  // After the last move was told.
  function rest() {
    requestAnimationFrame(() => moving() || onRest());
  }

  function mark(k, index) {
    if (spec.marks[k].at === index) return;
    spec = { ...spec, marks: spec.marks.map((each, j) => (j === k ? { ...each, at: index } : each)) };
    draw();
    onMark(k, index);
  }

  picture.onkeydown = (event) => {
    if (!spec?.steps.length || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5, Home: -spec.steps.length, End: spec.steps.length }[event.key];
    if (!by && event.key !== " ") return;
    // Keys of the page move a step of the text; these move through the training.
    event.preventDefault();
    event.stopPropagation();
    if (event.key === " ") return toggle();
    pause();
    move(spec.at + by);
  };

  function toggle() {
    if (timer) return pause();
    if (!spec?.steps.length) return;
    timer = setTimeout(goOn, pace());
    if (spec.at >= last()) move(0);
    sayPlay();
  }
  const pace = () => (calm.matches ? CALM : Math.min(PACE, WHOLE / spec.steps.length));
  function goOn() {
    if (!root.isConnected || spec.at >= last()) return pause();
    move(spec.at + 1);
    timer = setTimeout(goOn, pace());
  }
  function pause() {
    if (timer) rest();
    clearTimeout(timer);
    timer = 0;
    sayPlay();
  }
  // Nothing more is told of what is on show.
  function stop() {
    cancelAnimationFrame(frame);
    [frame, held] = [0, null];
    pause();
    spec = { ...spec, steps: [] };
  }
  function sayPlay() {
    play.textContent = timer ? "Pause" : "Play";
    play.setAttribute("aria-label", timer ? "Pause the training" : "Play the training");
  }
  play.onclick = toggle;
  new ResizeObserver(() => spec?.steps.length && draw()).observe(picture);
  return { root, now, update, stop };
}
