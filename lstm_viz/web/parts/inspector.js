// The numbers at the chosen step and unit, and how they follow from each other.
import { element, replace, symbol } from "../core/dom.js";
import { number } from "../core/format.js";
import { keyHints } from "./key_hints.js";
import { buildSidePanel } from "./side_panel.js";
import { stepper } from "./stepper.js";

export function buildInspector(move) {
  const step = stepper("time step", "‹", "›", (by) => move({ step: by }));
  const unit = stepper("unit", "↑", "↓", (by) => move({ row: by }));
  const charts = element("div", { class: "charts" });
  const values = element("dl", { class: "values" });
  const chain = element("div", { class: "chain" });
  const root = buildSidePanel("Numbers at the chosen step and unit", step.root, unit.root, charts, values, chain, keyHints());

  // quantities: [{ name, label, symbol }]; valueOf: name → number
  function update({ token, stepText, unitText, quantities, valueOf, colours, chainLines }) {
    replace(step.text, element("strong", {}, `“${token}”`), element("small", {}, stepText));
    replace(unit.text, element("strong", {}, unitText));
    replace(
      values,
      ...quantities.map((quantity) => {
        const swatch = element("i", { class: "swatch" });
        swatch.style.background = colours[quantity.name];
        const name = element("dt", { title: quantity.meaning }, swatch, symbol(quantity.symbol), quantity.label);
        const value = element("dd", { "data-quantity": quantity.name }, number(valueOf(quantity.name), 3));
        return element("div", {}, name, value);
      }),
    );
    // While the server works out the lines of a newly chosen cell, the old ones keep their place, dimmed.
    chain.classList.toggle("waiting", !chainLines);
    if (chainLines) replace(chain, ...chainLines.map((line) => equation(line, colours)));
  }
  return { root, charts, update };
}

// One equation: its symbols, then this step's numbers, then the result; each piece underlined in its quantity's colour.
function equation({ quantity, symbol: html, sides, sign, result }, colours) {
  const rows = sides.map((pieces, k) =>
    element("div", { class: "side" }, k ? " = " : "", ...(k ? [] : [piece([html, quantity], colours), " = "]), ...pieces.map((each) => piece(each, colours))),
  );
  const end = element("div", { class: "side result" }, ` ${sign} `, piece([result, quantity], colours));
  return element("div", { class: "equation" }, ...rows, end);
}

function piece([html, quantity], colours) {
  const node = symbol(html);
  if (colours[quantity]) node.style.borderBottom = `2px solid ${colours[quantity]}`;
  return node;
}
