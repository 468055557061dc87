// The equations: symbols, then this step's numbers for one unit, stage by stage, then the result.
// How many decimals each number gets was worked out before (analysis/decimals.js), so that every line is right as shown.
// The elements are built once for a cell and a notation; a step only changes the text of its numbers.
import { element, replace, symbol } from "../../core/dom.js";
import { number } from "../../core/format.js";

const TERMS = 3;

// chooseUnit(unit); tellOf(quantity): where its terms come from is to be told
export function buildEquations(chooseUnit, tellOf) {
  const root = element("ol", { class: "equations", "aria-label": "The equations with this step’s numbers" });
  let lines = [];

  function lay({ page, notation, symbols, colours }) {
    lines = page.lines.map((line) => layLine(line, { notation, symbols, links: page.links, colours, chooseUnit, tellOf }));
    replace(root, ...lines.map(({ item }) => item));
  }
  // read: { value(name), digits(quantity, stage), holds(quantity) } at the chosen step and unit
  function update(read, terms) {
    for (const { update: show } of lines) show(read, terms);
  }
  return { root, lay, update };
}

export function layLine({ quantity, written, stages, stage, lit, sources }, { notation, symbols, links, colours, chooseUnit, tellOf }) {
  const linked = (html, key) => {
    const node = symbol(html);
    node.dataset.key = key;
    return node;
  };
  // Nothing where the symbol already says how it is computed.
  const whole = written[notation].map(([kind, key, first]) => {
    if (kind === "text") return key;
    const sign = kind === "value" ? "" : kind === "minus" ? (first ? "−" : " − ") : first ? "" : " + ";
    return element("span", { class: "term" }, sign, linked(symbols[key] ?? key, links[key] ?? key));
  });
  const leaves = [];
  const sides = stages.map((tokens, k) =>
    element("span", { class: "side" }, "= ", ...tokens.map((token) => (token[0] === "text" ? token[1] : leaf(token, k)))),
  );
  function leaf([kind, key, flag], k) {
    const sign = document.createTextNode("");
    const text = element("span", { "data-key": links[key] ?? key, title: symbol(symbols[key] ?? "").textContent });
    leaves.push({ kind, key, flag, stage: k, sign, text });
    return element("span", { class: "term" }, sign, text);
  }
  const equals = document.createTextNode("= ");
  const result = element("strong", { "data-key": quantity });
  const numbers = element("div", { class: "in-numbers" }, ...sides, element("span", { class: "side" }, equals, result));
  const item = element("li", { class: "line", tabindex: 0, "data-stage": stage, "data-lit": lit.join(" "), "data-line": quantity, "data-tells": quantity });
  item.append(element("div", { class: "in-symbols" }, linked(symbols[quantity], quantity), whole.length ? " = " : "", ...whole), numbers);
  item.style.setProperty("--colour", colours[quantity]);
  const names = sources.map(([source]) => source);
  const pushes = names.length ? layPushes(names, symbols, chooseUnit, () => tellOf(quantity)) : null;
  if (pushes) item.append(pushes.root);

  function update(read, terms) {
    for (const each of leaves) write(each, number(read.value(each.key), read.digits(quantity, each.stage)));
    result.textContent = number(read.value(quantity), read.digits(quantity, stages.length));
    equals.data = read.holds(quantity) ? "= " : "≈ ";
    pushes?.update(terms(quantity, names));
  }
  return { item, update };
}

// A number in its place: in parentheses within a product, its sign folded into that of its term within a sum.
function write({ kind, flag, sign, text }, shown) {
  const negative = shown.startsWith("−");
  if (kind === "value") {
    text.textContent = negative && flag ? `(${shown})` : shown;
    return;
  }
  const minus = negative !== (kind === "minus");
  sign.data = flag ? (minus ? "−" : "") : minus ? " − " : " + ";
  text.textContent = negative ? shown.slice(1) : shown;
}

// The largest of the products that a weighted sum adds up.
export function largestTerms(parts, count = TERMS) {
  const largest = [];
  let of = 0;
  for (const { source, weights, values } of parts) {
    of += weights.length;
    for (let index = 0; index < weights.length; index++) {
      const size = weights[index] * values[index];
      const place = largest.findIndex((term) => Math.abs(size) > Math.abs(term.size));
      if (place < 0 && largest.length >= count) continue;
      largest.splice(place < 0 ? largest.length : place, 0, { source, index, weight: weights[index], input: values[index], size });
      if (largest.length > count) largest.pop();
    }
  }
  return { of, largest };
}

function layPushes(sources, symbols, chooseUnit, tell) {
  const names = Object.fromEntries(sources.map((source) => [source, symbol(symbols[source])]));
  const root = element("div", { class: "pushes" });
  function update({ of, largest }) {
    const all = element("button", { type: "button", class: "all-terms", title: "Work it out" }, `Largest of ${of} terms:`);
    all.onclick = tell;
    replace(root, all, ...largest.map(push));
  }
  function push({ source, index, weight, input, size }) {
    const name = names[source].cloneNode(true);
    name.append(`[${index}]`);
    const text = [name, ` ${size < 0 ? "−" : "+"}${number(Math.abs(size), 3)}`];
    const title = `weight ${number(weight, 3)} × value ${number(input, 3)}`;
    const here = source === "inputs";
    const button = element("button", { type: "button", class: here ? "push of-input" : "push", title: `${title}; ${here ? "work it out" : `show unit ${index}`}` }, ...text);
    button.onclick = here ? tell : () => chooseUnit(index);
    return button;
  }
  return { root, update };
}
