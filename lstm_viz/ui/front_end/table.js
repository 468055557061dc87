// The same numbers as a table: a row a token, a column a quantity, for the chosen unit.
import { at } from "./payload.js";
import { element, number, replace, symbol } from "./dom.js";

export function drawTable(root, { axis, quantities, prediction, arrays, unit }) {
  const head = element("tr", {}, element("th", { scope: "col" }, "step"), element("th", { scope: "col" }, "token"));
  const note = element("p", { class: "caption" }, `Unit ${unit}. ${axis.note}`);
  for (const quantity of quantities) head.append(heading(symbol(quantity.symbol), " ", quantity.label));
  for (const name of prediction?.names ?? []) head.append(heading(name));
  const rows = axis.labels.map((label, column) => {
    const row = element("tr", {}, element("td", {}, String(axis.edges[column])), element("th", { scope: "row" }, label));
    for (const { name } of quantities) row.append(element("td", {}, number(at(arrays[name], column, unit), 4)));
    prediction?.names.forEach((_, k) => row.append(element("td", {}, cell(at(arrays.prediction, column, k)))));
    return row;
  });
  replace(root, note, element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)));
}

function cell(value) {
  return Number.isNaN(value) ? "–" : number(value, 4);
}

function heading(...content) {
  return element("th", { scope: "col" }, ...content);
}
