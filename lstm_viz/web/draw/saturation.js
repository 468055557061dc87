// Saturated gates: every unit a dot, how often it is shut against how often it is open. Dots keep their elements.
import { element, replace, say, svg, symbol } from "../core/dom.js";

const SIZE = 168;
const PAD = 8;
const [SMALL, LARGE] = [3.5, 6];

export function buildSaturation(choose) {
  const root = element("div", { class: "dots" });
  let shown = "";
  let figures = [];

  // Of the message's header: quantities, captions, saturated; its arrays shut and open: (gates, units), shares of steps
  function update({ header: { quantities, captions, saturated, themes }, arrays: { shut, open }, unit, theme }) {
    const gates = quantities.filter(({ gate }) => gate);
    const colours = themes[theme].lines;
    const units = shut.shape[1];
    const wanted = JSON.stringify([gates, units]);
    if (wanted !== shown) {
      figures = gates.map((gate) => figure(gate, units, saturated, choose));
      replace(root, ...figures.map((each) => each.root));
      shown = wanted;
    }
    figures.forEach((each, row) => {
      const from = row * units;
      each.update(shut.values, open.values, from, { unit, colour: colours[gates[row].name], caption: captions[`saturated ${gates[row].name}`] ?? "" });
    });
  }
  return { root, update };
}

function figure({ name, label, symbol: html }, units, { below, above }, choose) {
  const frame = svg("path", { class: "frame", d: `M${PAD},${PAD}V${SIZE - PAD}H${SIZE - PAD}L${PAD},${PAD}` });
  const dots = Array.from({ length: units }, (_, k) => {
    const dot = svg("circle", { class: "dot", r: SMALL });
    dot.onclick = () => choose(k);
    return dot;
  });
  const chart = svg("svg", { width: SIZE, height: SIZE, role: "img" }, frame, ...dots);
  const title = element("figcaption", {}, symbol(html), label);
  const across = element("div", { class: "across" }, `share of steps below ${below} →`);
  const up = element("div", { class: "up" }, `share above ${above} →`);
  const said = element("p", { class: "caption" });
  const root = element("figure", { "data-tells": name }, title, element("div", { class: "square" }, up, chart, across), said);
  const places = new Float32Array(2 * units).fill(-1);
  let chosen = null;

  function update(shut, open, from, { unit, colour, caption }) {
    for (let k = 0; k < units; k++) {
      const [right, high] = [shut[from + k], open[from + k]];
      if (places[2 * k] === right && places[2 * k + 1] === high) continue;
      places[2 * k] = right;
      places[2 * k + 1] = high;
      dots[k].setAttribute("cx", PAD + right * (SIZE - 2 * PAD));
      dots[k].setAttribute("cy", SIZE - PAD - high * (SIZE - 2 * PAD));
    }
    mark(unit);
    if (chart.style.fill !== colour) chart.style.fill = colour;
    if (said.textContent === caption) return;
    say(said, caption);
    chart.setAttribute("aria-label", caption);
  }

  // The chosen dot last, so that it lies on top.
  function mark(unit) {
    if (unit === chosen) return;
    for (const [k, kind, r] of [[chosen, "dot", SMALL], [unit, "dot chosen", LARGE]]) {
      if (!dots[k]) continue;
      dots[k].setAttribute("class", kind);
      dots[k].setAttribute("r", r);
    }
    if (dots[unit]) chart.append(dots[unit]);
    chosen = unit;
  }
  return { root, update };
}
