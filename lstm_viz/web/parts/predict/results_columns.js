// How often each step was clicked, over the tokens; or each number set, as a histogram over its range.
import { element, replace } from "../../core/dom.js";
import { drawAxisWithin } from "./axis_within.js";
import { scaleOf } from "./scale.js";
import { quantile } from "./series.js";

const BINS = 20;
const NARROW = 16; // pixels of a column in which a count finds no room

export function buildColumns() {
  const columns = element("div", { class: "columns", role: "img" });
  const truth = element("span", { class: "truth", hidden: "" });
  const axis = element("div", { class: "axis", "aria-hidden": "true" });
  const root = element("div", { class: "histogram" }, element("div", { class: "over" }, columns, truth), axis);
  let last = null;

  function update(given) {
    last = given;
    const { asked } = given;
    root.classList.toggle("numbers", asked.kind === "number");
    return asked.kind === "number" ? numbers(given) : places(given);
  }

  function draw(counts, so, names) {
    while (columns.children.length > counts.length) columns.lastChild.remove();
    while (columns.children.length < counts.length) columns.append(element("div", {}, element("b"), element("i")));
    const most = Math.max(1, ...counts);
    counts.forEach((count, k) => {
      const node = columns.children[k];
      node.classList.toggle("so", so.has(k));
      node.title = `${names[k]}: ${count}`;
      node.firstChild.textContent = count || "";
      node.lastChild.style.height = `${(100 * count) / most}%`;
    });
    columns.setAttribute("aria-label", counts.map((count, k) => `${names[k]}: ${count}`).filter((_, k) => counts[k]).join("; ") || "empty");
  }

  function numbers({ asked, predictions, answered }) {
    const scale = scaleOf(asked);
    const bin = (value) => Math.min(BINS - 1, Math.floor(scale.share(value) * BINS));
    const counts = Array(BINS).fill(0);
    for (const value of predictions) counts[bin(value)]++;
    const ends = (k) => `${scale.show(scale.value(k / BINS))} to ${scale.show(scale.value((k + 1) / BINS))}`;
    draw(counts, new Set(), counts.map((_, k) => ends(k)));
    axis.className = "ticks";
    replace(axis, ...scale.ticks(5).map(({ share, text }) => {
      const tick = element("span", {}, text);
      tick.style.left = `${100 * share}%`;
      return tick;
    }));
    truth.hidden = !answered;
    if (answered) {
      truth.textContent = `it is ${scale.show(answered.truth)}`;
      truth.style.left = `${100 * scale.share(answered.truth)}%`;
      truth.classList.toggle("leftwards", scale.share(answered.truth) > 0.5);
    }
    if (predictions.length < 4) return "";
    const sorted = [...predictions].sort((a, b) => a - b);
    const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => scale.show(quantile(sorted, share)));
    return low === high ? `At least half of them are ${middle}.` : `Half of them lie between ${low} and ${high}; the middle one is ${middle}.`;
  }

  function places({ asked: { labels }, predictions, answered }) {
    const names = labels.map((label, step) => `step ${step}, “${label}”`);
    const counts = labels.map((_, step) => predictions.filter((each) => each === step).length);
    const right = new Set(answered ? [answered.truth].flat() : []);
    draw(counts, right, names);
    truth.hidden = true;
    axis.className = "tokens";
    layOut();
    const most = counts.indexOf(Math.max(...counts));
    const often = predictions.length > 1 ? `Most often ${names[most]} (${counts[most]}).` : "";
    return answered ? `${often} ${predictions.filter((each) => right.has(each)).length} of ${predictions.length} were right.` : often;
  }

  function layOut() {
    if (last?.asked.kind !== "click" || !root.clientWidth) return;
    const column = drawAxisWithin(axis, last.asked.labels, root.clientWidth);
    columns.style.width = `${column * last.asked.labels.length}px`;
    columns.classList.toggle("narrow", column < NARROW);
  }

  new ResizeObserver(layOut).observe(root);
  return { root, update };
}
