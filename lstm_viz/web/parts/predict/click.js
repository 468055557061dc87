// Click the place: an empty strip over the tokens, or a grid of units; the places that are so are marked after.
import { element, replace } from "../../core/dom.js";
import { drawAxisWithin } from "./axis_within.js";

const NARROWEST = 26; // pixels of a column that a finger can hit; past that the strip scrolls

export function buildClick(onChange) {
  const cells = element("div", { class: "cells", role: "radiogroup" });
  const axis = element("div", { class: "tokens", "aria-hidden": "true" });
  const inner = element("div", { class: "inner" }, cells, axis);
  const frame = element("div", { class: "strip-frame" }, inner);
  const chosenNow = element("output", { class: "at", "aria-live": "off" });
  const key = element("p", { class: "key", hidden: "" }, element("i", { class: "cell yours" }), "your answer", element("i", { class: "cell so" }), "the answer");
  const root = element("div", { class: "click-place" }, frame, chosenNow, key);
  let [asked, chosen, locked, shown] = [null, null, false, ""];

  const places = () => (asked.what === "step" ? asked.labels.map((_, k) => k) : asked.units);
  const named = (place) => (asked.what === "step" ? `step ${place}, “${asked.labels[place]}”` : `unit ${place}`);

  function update(given) {
    asked = given.asked;
    chosen = given.prediction;
    locked = Boolean(given.answered);
    if (shown !== JSON.stringify(asked)) {
      shown = JSON.stringify(asked);
      replace(cells, ...places().map(cell));
      cells.setAttribute("aria-label", asked.prompt || `The ${asked.what}`);
      root.classList.toggle("by-step", asked.what === "step");
      axis.hidden = asked.what !== "step";
      frame.scrollLeft = 0;
    }
    root.style.setProperty("--of", asked.colour?.[given.theme] ?? "var(--st-primary-color)");
    const so = new Set(locked ? [given.answered.truth].flat() : []);
    key.hidden = !locked;
    [...cells.children].forEach((each, k) => {
      const is = so.has(places()[k]);
      each.classList.toggle("so", is);
      each.setAttribute("aria-label", named(places()[k]) + (is ? ", the answer" : "") + (locked && places()[k] === chosen ? ", your answer" : ""));
    });
    mark();
    layOut();
  }

  function cell(place, k) {
    const text = asked.what === "step" ? "" : String(place);
    const node = element("div", { class: "cell", role: "radio", title: named(place) }, text);
    node.onclick = () => choose(k);
    return node;
  }

  // One of them can have the focus: that which is chosen, else the first.
  function mark() {
    const at = places().indexOf(chosen);
    [...cells.children].forEach((each, k) => {
      each.classList.toggle("yours", k === at);
      each.setAttribute("aria-checked", String(k === at));
      each.setAttribute("aria-disabled", String(locked));
      each.tabIndex = k === Math.max(0, at) ? 0 : -1;
    });
    chosenNow.textContent = chosen === null ? "" : `Your answer: ${named(chosen)}`;
  }

  function choose(k) {
    if (locked) return;
    chosen = places()[k];
    mark();
    cells.children[k].focus({ preventScroll: true });
    cells.children[k].scrollIntoView({ block: "nearest", inline: "nearest" });
    onChange();
  }

  cells.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = [...cells.children].indexOf(event.target);
    const line = asked.what === "step" ? 1 : columns();
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -line, ArrowDown: line, Home: -at, End: cells.children.length - 1 - at, " ": 0, Enter: 0 }[event.key];
    if (at < 0 || by === undefined || locked) return;
    event.preventDefault();
    event.stopPropagation();
    if (cells.children[at + by]) choose(at + by);
  };

  function columns() {
    const top = cells.firstChild.offsetTop;
    const other = [...cells.children].findIndex((each) => each.offsetTop > top);
    return other < 0 ? 1 : other;
  }

  function layOut() {
    if (asked?.what !== "step" || !frame.clientWidth) return;
    const column = drawAxisWithin(axis, asked.labels, frame.clientWidth - 10, NARROWEST);
    inner.style.setProperty("--column", `${column}px`);
    inner.style.width = `${column * asked.labels.length}px`;
  }

  new ResizeObserver(layOut).observe(frame);
  return { root, update, prediction: () => chosen, lacking: () => (chosen === null ? `Click a ${asked?.what === "unit" ? "unit" : "place"}, or go there with the arrow keys.` : "") };
}
