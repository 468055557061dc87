// The numbers of a line chart as a table.
import { element } from "../core/dom.js";
import { number, readable } from "../core/format.js";

const ROWS = 60; // at most

export function tableOf(spec, arrays) {
  const xs = arrays[spec.x].values;
  const every = Math.ceil(xs.length / ROWS);
  const named = spec.bands.length === spec.series.length;
  const columns = spec.series.flatMap((series, k) => {
    const of = (array, label) => ({ label, values: arrays[array].values });
    const edges = named ? [of(spec.bands[k].low, `${series.label}, lower edge of the band`), of(spec.bands[k].high, `${series.label}, upper edge`)] : [];
    return [of(series.array, series.label), ...edges];
  });
  const head = element("tr", {}, ...[spec.xLabel, ...columns.map(({ label }) => label)].map((t) => element("th", { scope: "col" }, t)));
  const rows = [];
  for (let k = 0; k < xs.length; k += every) {
    const cells = columns.map(({ values }) => element("td", {}, readable(values[k], spec.power)));
    rows.push(element("tr", {}, element("th", { scope: "row" }, spec.xNames[k] ?? number(xs[k], spec.xDigits)), ...cells));
  }
  const some = every > 1 ? ` (one row in ${every})` : "";
  return element("table", {}, element("caption", {}, spec.title + some), element("thead", {}, head), element("tbody", {}, ...rows));
}
