// The numbers at the chosen step and unit, and how they follow from each other.
import { changes, element, replace, symbol } from "../core/dom.js";
import { number } from "../core/format.js";
import { keyHints } from "./key_hints.js";
import { buildSidePanel } from "./side_panel.js";
import { stepper } from "./stepper.js";
import { buildUnitField } from "./unit_field.js";

// move(by): so many steps or rows on; go(unit): a unit was typed
export function buildInspector(move, go) {
  const step = stepper("time step", "‹", "›", (by) => move({ step: by }));
  const unit = stepper("unit", "↑", "↓", (by) => move({ row: by }));
  const field = buildUnitField(go);
  const named = element("strong");
  unit.text.append(named, field.root, field.said);
  const charts = element("div", { class: "charts" });
  const values = element("dl", { class: "values" });
  const chain = element("div", { class: "chain" });
  const root = buildSidePanel("Numbers at the chosen step and unit", step.root, unit.root, charts, values, chain, keyHints());

  const [written, drawn] = [changes(), changes()];
  let [shown, lines] = [[], []];

  // quantities: [{ name, label, symbol }]; valueOf: name → number; chainLines: the lines in symbols; numbers: what stands
  // in each, or null where that is not known yet
  function update({ token, stepText, unitText, units, quantities, valueOf, colours, chainLines, numbers }) {
    replace(step.text, element("strong", {}, `“${token}”`), element("small", {}, stepText));
    named.textContent = unitText;
    field.update(units);
    written.when([quantities, colours], () => {
      shown = quantities.map((quantity) => ({ name: quantity.name, value: element("dd", { "data-quantity": quantity.name }), quantity }));
      replace(values, ...shown.map(({ quantity, value }) => row(quantity, value, colours)));
    });
    for (const { name, value } of shown) value.textContent = number(valueOf(name), 3);
    // While the numbers of a newly chosen cell are worked out, the old ones keep their place, dimmed.
    chain.classList.toggle("waiting", !numbers);
    if (!numbers) return;
    drawn.when([chainLines, colours], () => {
      lines = chainLines.map((line) => equation(line, colours));
      replace(chain, ...lines.map((line) => line.root));
    });
    lines.forEach((line, k) => line.update(numbers[k]));
  }
  return { root, charts, update };
}

function row(quantity, value, colours) {
  const swatch = element("i", { class: "swatch" });
  swatch.style.background = colours[quantity.name];
  return element("div", { "data-tells": quantity.name }, element("dt", { title: quantity.meaning }, swatch, symbol(quantity.symbol), quantity.label), value);
}

// One equation: its symbols, then this step's numbers, then the result; each piece underlined in its quantity's colour.
// Its elements stay; another step only changes the text of its numbers.
function equation({ quantity, symbol: html, symbols, tokens }, colours) {
  const places = filled(tokens, null).map((each) => piece(each, colours));
  const sides = [symbols.map((each) => piece(each, colours)), places].filter((pieces) => pieces.length);
  const rows = sides.map((pieces, k) =>
    element("div", { class: "side" }, k ? " = " : "", ...(k ? [] : [piece([html, quantity], colours), " = "]), ...pieces),
  );
  const [sign, end] = [document.createTextNode(""), piece(["", quantity], colours)];
  const told = [quantity, ...symbols.map((each) => each[1]), ...tokens.map((each) => each[1])].filter((name) => /^\w+-?$/.test(name ?? ""));
  const root = element("div", { class: "equation", "data-tells": told.map((name) => name.replace(/-$/, "")).join(" ") }, ...rows, element("div", { class: "side result" }, sign, end));
  function update({ numbers, result, holds }) {
    filled(tokens, numbers).forEach(([text], k) => (places[k].textContent = text));
    sign.data = ` ${holds ? "=" : "≈"} `;
    end.textContent = result;
  }
  return { root, update };
}

// The right-hand side with numbers in place, or without: [[text, quantity], …]; as `filled` of analysis/equations/tokens.py.
export function filled(tokens, texts) {
  return tokens.flatMap(([kind, key, flag]) => {
    if (kind === "text") return [[key, null]];
    const [first, minus] = [kind !== "value" && flag, kind === "minus"];
    const sign = kind === "value" || (first && !minus) ? [] : [[first ? "−" : minus ? " − " : " + ", null]];
    const inside = kind === "value" ? flag : minus || !first;
    if (!texts) return [...sign, ["", key.replace(/-$/, "")]];
    const text = inside && texts[key].startsWith("−") ? `(${texts[key]})` : texts[key];
    return [...sign, [text, key.replace(/-$/, "")]];
  });
}

function piece([html, quantity], colours) {
  const node = symbol(html);
  if (colours[quantity]) node.style.borderBottom = `2px solid ${colours[quantity]}`;
  return node;
}
