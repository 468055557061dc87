// Saturated gates: every unit a dot, how often it is shut against how often it is open.
import { element, replace, svg, symbol } from "../core/dom.js";

const SIZE = 168;
const PAD = 8;

// gates: [{ name, label, symbol, shut, open }], shares of time per unit
export function drawSaturation(root, gates, { unit, colours, below, above, choose }) {
  const place = (share) => PAD + share * (SIZE - 2 * PAD);
  replace(
    root,
    ...gates.map(({ name, label, symbol: html, shut, open, caption }) => {
      const frame = svg("path", { class: "frame", d: `M${PAD},${PAD}V${SIZE - PAD}H${SIZE - PAD}L${PAD},${PAD}` });
      const dots = shut.map((share, k) => {
        const dot = svg("circle", {
          cx: place(share),
          cy: SIZE - place(open[k]),
          r: k === unit ? 6 : 3.5,
          fill: colours[name],
          class: k === unit ? "dot chosen" : "dot",
        });
        dot.onclick = () => choose(k);
        return dot;
      });
      // The chosen dot last, so that it lies on top.
      dots.push(...dots.splice(unit, 1));
      const chart = svg("svg", { width: SIZE, height: SIZE, role: "img", "aria-label": caption });
      chart.append(frame, ...dots);
      const title = element("figcaption", {}, symbol(html), label);
      const across = element("div", { class: "across" }, `share of steps below ${below} →`);
      const up = element("div", { class: "up" }, `share above ${above} →`);
      const said = element("p", { class: "caption" }, caption);
      return element("figure", {}, title, element("div", { class: "square" }, up, chart, across), said);
    }),
  );
}
