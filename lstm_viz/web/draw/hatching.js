// Where a quantity is held at a value: hatched, on top of its heatmap.
import { replace, svg } from "../core/dom.js";

// mask: (columns, units), above 0 where held; order: which unit each row shows
export function drawHeld(chart, mask, order, { column, row }) {
  const [columns, units] = mask.shape;
  let d = "";
  for (let c = 0; c < columns; c++) {
    for (let r = 0; r < order.length; r++) {
      const from = r;
      while (r < order.length && mask.values[c * units + order[r]] > 0) r++;
      if (r > from) d += `M${c * column},${from * row}h${column}v${(r - from) * row}h${-column}z`;
    }
  }
  chart.setAttribute("width", columns * column);
  chart.setAttribute("height", order.length * row);
  const lines = svg("path", { d: "M-2,2l4,-4M0,8l8,-8M6,10l4,-4" });
  const hatch = svg("pattern", { id: "lv-hatch", width: 8, height: 8, patternUnits: "userSpaceOnUse" }, lines);
  replace(chart, svg("defs", {}, hatch), svg("path", { class: "held", d, fill: "url(#lv-hatch)" }));
}
