// The equations: symbols, then this step's numbers for one unit, stage by stage, then the result.
// How many decimals each number gets was worked out on the server, so that every line is right as shown.
import { element, number, replace, symbol } from "./dom.js";

const TERMS = 3;

export function buildEquations(chooseUnit) {
  const root = element("ol", { class: "equations", "aria-label": "The equations with this step’s numbers" });

  // read: { value(name), digits(quantity, stage), holds(quantity) } at the chosen step and unit
  function update({ page, symbols, links, colours, read, terms }) {
    replace(
      root,
      ...page.lines.map((line) => {
        const name = line.quantity;
        const whole = element("div", { class: "in-symbols" }, linked(symbols[name], name), " = ", ...line.stages[0].map((token) => written(token, symbols, links)));
        const numbers = element("div", { class: "in-numbers" });
        line.stages.forEach((tokens, stage) => {
          const digits = read.digits(name, stage);
          const side = element("span", { class: "side" }, "= ", ...tokens.map((token) => worked(token, digits, read, links)));
          numbers.append(side, " ");
        });
        const result = number(read.value(name), read.digits(name, line.stages.length));
        const end = element("strong", { "data-key": name }, result);
        numbers.append(element("span", { class: "side" }, read.holds(name) ? "= " : "≈ ", end));
        const item = element("li", { class: "line", tabindex: 0, "data-stage": line.stage, "data-line": name }, whole, numbers);
        item.style.setProperty("--colour", colours[name]);
        if (line.weighted) item.append(pushes(terms(name), symbols, chooseUnit));
        return item;
      }),
    );
  }
  return { root, update };
}

function linked(html, key) {
  const node = symbol(html);
  node.dataset.key = key;
  return node;
}

function written([kind, key, first], symbols, links) {
  if (kind === "text") return key;
  const sign = kind === "value" ? "" : kind === "minus" ? (first ? "−" : " − ") : first ? "" : " + ";
  return element("span", { class: "term" }, sign, linked(symbols[key] ?? key, links[key] ?? key));
}

function worked([kind, key, flag], digits, read, links) {
  if (kind === "text") return key;
  const text = number(read.value(key), digits);
  const negative = text.startsWith("−");
  if (kind === "value") return shown(negative && flag ? `(${text})` : text, links[key] ?? key);
  const minus = negative !== (kind === "minus");
  const sign = flag ? (minus ? "−" : "") : minus ? " − " : " + ";
  return element("span", { class: "term" }, sign, shown(negative ? text.slice(1) : text, links[key] ?? key));
}

function shown(text, key) {
  return element("span", { "data-key": key }, text);
}

// The largest of the products that a weighted sum adds up.
export function largestTerms(parts, count = TERMS) {
  const all = parts.flatMap(({ source, weights, values }) =>
    Array.from(weights, (weight, index) => ({ source, index, weight, input: values[index], size: weight * values[index] })),
  );
  const order = all.map((_, k) => k).sort((a, b) => Math.abs(all[b].size) - Math.abs(all[a].size));
  return { of: all.length, largest: order.slice(0, count).map((k) => all[k]) };
}

function pushes({ of, largest }, symbols, chooseUnit) {
  const row = element("div", { class: "pushes" }, `Largest of ${of} terms:`);
  for (const { source, index, weight, input, size } of largest) {
    const name = symbol(`${symbols[source]}[${index}]`);
    const text = [name, ` ${size < 0 ? "−" : "+"}${number(Math.abs(size), 3)}`];
    const title = `weight ${number(weight, 3)} × value ${number(input, 3)}`;
    if (source === "inputs") row.append(element("span", { class: "push", title }, ...text));
    else {
      const button = element("button", { type: "button", class: "push", title: `${title}; show unit ${index}` }, ...text);
      button.onclick = () => chooseUnit(index);
      row.append(button);
    }
  }
  return row;
}
