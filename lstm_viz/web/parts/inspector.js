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

  // quantities: [{ name, label, symbol }]; valueOf: name → number; chainLines: the lines in symbols, or null where their
  // numbers are not known yet; numbers: what stands in them
  function update({ token, stepText, unitText, quantities, valueOf, colours, chainLines, numbers }) {
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
    // While the numbers of a newly chosen cell are worked out, the old ones keep their place, dimmed.
    chain.classList.toggle("waiting", !chainLines);
    if (chainLines) replace(chain, ...chainLines.map((line, k) => equation(line, numbers[k], colours)));
  }
  return { root, charts, update };
}

// One equation: its symbols, then this step's numbers, then the result; each piece underlined in its quantity's colour.
function equation({ quantity, symbol: html, symbols, tokens }, { numbers, result, holds }, colours) {
  const sides = [symbols, filled(tokens, numbers)].filter((pieces) => pieces.length);
  const rows = sides.map((pieces, k) =>
    element("div", { class: "side" }, k ? " = " : "", ...(k ? [] : [piece([html, quantity], colours), " = "]), ...pieces.map((each) => piece(each, colours))),
  );
  const end = element("div", { class: "side result" }, ` ${holds ? "=" : "≈"} `, piece([result, quantity], colours));
  return element("div", { class: "equation" }, ...rows, end);
}

// The right-hand side with numbers in place: [[text, quantity], …]; as `filled` of analysis/equations/tokens.py.
export function filled(tokens, texts) {
  return tokens.flatMap(([kind, key, flag]) => {
    if (kind === "text") return [[key, null]];
    const [first, minus] = [kind !== "value" && flag, kind === "minus"];
    const sign = kind === "value" || (first && !minus) ? [] : [[first ? "−" : minus ? " − " : " + ", null]];
    const inside = kind === "value" ? flag : minus || !first;
    const text = inside && texts[key].startsWith("−") ? `(${texts[key]})` : texts[key];
    return [...sign, [text, key.replace(/-$/, "")]];
  });
}

function piece([html, quantity], colours) {
  const node = symbol(html);
  if (colours[quantity]) node.style.borderBottom = `2px solid ${colours[quantity]}`;
  return node;
}
