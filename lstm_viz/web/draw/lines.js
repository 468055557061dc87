// Lines over time on the token axis, as SVG: a point in the middle of every column.
import { replace, svg } from "../core/dom.js";

// series: [{ values, colour, name }]; ticks: values that get a level line.
export function drawLines(chart, series, { column, height, low, high, ticks }) {
  const width = column * (series[0]?.values.length ?? 0);
  chart.setAttribute("width", width);
  chart.setAttribute("height", height);
  const y = (value) => height - 6 - ((Math.min(high, Math.max(low, value)) - low) / (high - low)) * (height - 12);
  const levels = ticks.map((tick) => svg("line", { class: "level", x1: 0, x2: width, y1: y(tick), y2: y(tick) }));
  const paths = series.map(({ values, colour, name }) => {
    const points = Array.from(values, (value, k) => (Number.isNaN(value) ? "" : `${((k + 0.5) * column).toFixed(1)},${y(value).toFixed(1)}`)).filter(Boolean);
    const path = svg("polyline", { points: points.join(" "), stroke: colour, "data-name": name });
    if (points.length > 1 && column >= 12) return svg("g", {}, path, ...dots(points, colour));
    return points.length > 1 ? path : svg("g", {}, path, ...dots(points, colour));
  });
  replace(chart, ...levels, ...paths);
  return y;
}

function dots(points, colour) {
  return points.map((point) => {
    const [cx, cy] = point.split(",");
    return svg("circle", { cx, cy, r: 2.2, fill: colour });
  });
}

// Bars from a middle line: how far each value lies above or below it.
export function drawBars(chart, values, { column, height, low, high, middle, colours }) {
  const width = column * values.length;
  chart.setAttribute("width", width);
  chart.setAttribute("height", height);
  const y = (value) => height - ((value - low) / (high - low)) * height;
  const gap = column > 10 ? 3 : column > 5 ? 1 : 0;
  const bars = Array.from(values, (value, k) => {
    if (Number.isNaN(value)) return "";
    const top = Math.min(y(value), y(middle));
    const size = Math.max(1.5, Math.abs(y(value) - y(middle)));
    const fill = value >= middle ? colours[1] : colours[0];
    return svg("rect", { x: k * column + gap / 2, y: top, width: column - gap, height: size, rx: gap ? 1.5 : 0, fill });
  });
  const line = svg("line", { class: "middle", x1: 0, x2: width, y1: y(middle), y2: y(middle) });
  replace(chart, ...bars, line);
}
