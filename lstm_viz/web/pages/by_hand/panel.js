// The weights of one calculation: a slider and a field each, and the equation with the numbers of the chosen step in it.
import { element, replace, symbol } from "../../core/dom.js";
import { number } from "../../core/format.js";

const KEYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5 };

// columns: [{ html, title }]; limits: { largest, step, decimals }; onSet(column, value)
export function buildPanel({ quantity, columns, limits, note, onSet }) {
  const rows = columns.map((column, k) => buildWeight(quantity, column, limits, (value) => onSet(k, value)));
  const swatch = element("i", { class: "swatch" });
  const equation = element("p", { class: "sum" });
  const head = element("h3", {}, swatch, quantity.label, symbol(quantity.symbol), element("small", {}, quantity.meaning));
  const remark = element("small", { class: "remark" }, note);
  remark.hidden = !note;
  const root = element("div", { class: "panel", role: "group", "aria-label": quantity.label }, head, ...rows.map((row) => row.root), equation, remark);
  return {
    root,
    // weights: of its row; arriving: what each is multiplied with at the chosen step; value: what comes of the sum
    update({ weights, arriving, value, colour }) {
      swatch.style.background = colour;
      root.style.setProperty("--of", colour);
      rows.forEach((row, k) => row.update(weights[k]));
      if (!arriving) return replace(equation);
      const sum = weights.reduce((total, weight, k) => total + weight * arriving[k], 0);
      const terms = weights.map((weight, k) => [weight, arriving[k], k]).filter(([weight]) => weight !== 0);
      const parts = terms.flatMap(([weight, factor, k], place) => {
        const sign = place ? (weight < 0 ? " − " : " + ") : weight < 0 ? "−" : "";
        const bias = k === weights.length - 1;
        return [sign, element("b", {}, short(Math.abs(weight))), ...(bias ? [] : [` · ${factor < 0 ? `(${short(factor)})` : short(factor)}`])];
      });
      const name = quantity.share ? "σ" : "tanh";
      replace(equation, symbol(quantity.symbol), ` = ${name}(`, ...(parts.length ? parts : ["0"]), ...(terms.length > 1 ? [`) = ${name}(${short(sum)}`] : []), ") = ", element("strong", {}, precise(value)));
    },
  };
}

function buildWeight(quantity, { html, title }, { largest, step, decimals }, onSet) {
  const label = `${quantity.label}: weight of ${title}`;
  const slider = element("input", { type: "range", min: -largest, max: largest, step: "any", "aria-label": label });
  const field = element("input", { type: "number", min: -largest, max: largest, step, "aria-label": `${label}, as a number` });
  let shown = 0;
  // Keys may come faster than frames, and each counts from the one before.
  const set = (value) => onSet((shown = value));
  const zero = () => set(0);
  const round = (value) => Math.max(-largest, Math.min(largest, Number(value.toFixed(decimals))));
  const stepped = (value) => round(Math.round(value / step) * step);
  // Near 0 a hand finds 0 itself.
  slider.oninput = () => set(Math.abs(slider.valueAsNumber) < 2 * step ? 0 : stepped(slider.valueAsNumber));
  slider.ondblclick = zero;
  slider.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = KEYS[event.key];
    const to = by ? stepped(shown + by * (event.shiftKey ? step : 1)) : { Home: -largest, End: largest, 0: 0, Delete: 0, Backspace: 0 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(to);
  };
  field.oninput = () => {
    if (Number.isFinite(field.valueAsNumber)) set(round(field.valueAsNumber));
  };
  field.onblur = () => (field.value = String(shown));
  const name = symbol(html, "span");
  name.title = title;
  return {
    root: element("div", { class: "weight" }, name, slider, field),
    update(value) {
      shown = value;
      if (slider.valueAsNumber !== value) slider.value = String(value);
      slider.setAttribute("aria-valuetext", number(value, Number.isInteger(value) ? 0 : 1));
      slider.style.setProperty("--at", `${(50 * (value + largest)) / largest}%`);
      const typing = field.matches(":focus") && field.valueAsNumber === value;
      if (!typing && field.value !== String(value)) field.value = String(value);
      field.classList.toggle("set", value !== 0);
    },
  };
}

// A number as short as it may be said: 10, −2.5, 0.76.
export function short(value) {
  return String(Number(value.toFixed(2)) + 0).replace("-", "−");
}

// What a gate is, in as many digits as tell it from shut and from open.
export function precise(value) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const gap = Math.min(size, Math.abs(1 - size));
  if (gap === 0 || gap >= 0.005) return number(value, 2);
  if (gap < 1e-6) return size < 0.5 ? "nearly 0" : `nearly ${value < 0 ? "−" : ""}1`;
  return number(value, Math.ceil(-Math.log10(gap)));
}
