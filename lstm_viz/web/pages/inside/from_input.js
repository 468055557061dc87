// From what is read at a step to one number of one unit, in four stations that a reader can work out by hand: the token,
// the numbers that it becomes, the weighted sums of these and of what was shown before, and the sum through σ or tanh.
import { breakdown } from "../../analysis/breakdown.js";
import { changes, element, replace, symbol } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { drawHeatmap } from "../../draw/heatmap.js";
import { buildSwitch } from "../../parts/switch.js";
import { layLine } from "./equations.js";

const LISTED = 6; // numbers that arrive are listed where there are no more
const FEW = 3; // with fewer there is no strip
const DECIMALS = 3;

// pick(quantity): another quantity is to be told; chooseUnit(unit)
export function buildFromInput(pick, chooseUnit) {
  const title = element("h2");
  const quantities = buildSwitch("Which number", pick);
  const [word, numbers, sums, result] = ["token", "arrives", "sums", "result"].map((name) => element("li", { class: name }));
  const root = element("section", { class: "from-input" }, element("div", { class: "from-head" }, title, quantities.root), element("ol", {}, word, numbers, sums, result));
  const heading = element("h3");
  const token = element("p", { class: "word" });
  const says = element("p", { class: "help counted" });
  const calculation = element("p", { class: "calculation" });
  replace(word, heading, token, says, calculation);
  const named = element("h3");
  const strip = element("canvas", { role: "img" });
  const row = element("div", { class: "row-of-table" }, strip);
  const reading = element("p", { class: "help counted" });
  const key = element("div", { class: "scale" });
  replace(numbers, named, row, key, reading);
  const laid = changes();
  let line = null;
  let shown = null; // the numbers that arrive, and their symbol; null where they are listed, and none is pointed at

  row.onpointermove = ({ clientX }) => {
    if (!shown) return;
    const { left, width } = strip.getBoundingClientRect();
    const { values } = shown;
    tell(Math.max(0, Math.min(values.length - 1, Math.floor(((clientX - left) / width) * values.length))));
  };
  row.onpointerleave = () => shown && tell(null);

  function tell(index) {
    const { values, html } = shown;
    if (index === null) reading.textContent = "Point at one to read it.";
    else replace(reading, indexed(html, index), ` = ${number(values[index], DECIMALS)}`);
  }

  // Which of a cell's numbers is told: the one asked for, else the first of which the stage speaks, else the first.
  function toldOf(page, weighed, stage) {
    const can = page.lines.filter(({ sources }) => sources.length).map(({ quantity }) => quantity);
    const cited = stage === null ? [] : page.stages[stage].cited;
    return can.includes(weighed) ? weighed : can.find((name) => cited.includes(name)) ?? can[0];
  }

  // at: what is known of the step: { label, row, unknown, unit }; read: see equations.js; inputs: Float32Array
  // listed(name, source) → { weights, values }
  function update({ page, notation, symbols, colours, scale, limits, weighed, stage, arriving, at, read, inputs, listed }) {
    const quantity = toldOf(page, weighed, stage);
    const told = page.lines.find((each) => each.quantity === quantity);
    const labelOf = (name) => page.quantities.find((each) => each.name === name).label;
    quantities.update(page.lines.filter(({ sources }) => sources.length).map(({ quantity: name }) => [name, labelOf(name)]), quantity);
    title.textContent = `From ${arriving.title.toLowerCase()} to the ${labelOf(quantity).toLowerCase()} of unit ${at.unit}`;
    heading.textContent = arriving.title;
    token.textContent = at.label;
    says.textContent = (at.unknown ? arriving.unknown : arriving.says).replace("{row}", (at.row - (arriving.made_rows ?? 0)).toLocaleString("en"));
    calculation.hidden = !arriving.calculation;
    calculation.textContent = arriving.calculation.replace("{number}", at.label.replace("*", "").replace("-", "−")).replace("{x}", number(inputs[0], DECIMALS));
    arrive({ inputs, names: arriving.names, html: symbols.inputs, limits, scale });
    replace(sums, element("h3", {}, `Weighed for unit ${at.unit}`), ...told.sources.map(([source, leaf]) => sumTable({ symbols, source, leaf, total: read.value(leaf), digits: read.digits(quantity, 0), names: source === "inputs" ? arriving.names : [], ...listed(quantity, source) }, chooseUnit)));
    laid.when([told, notation, symbols, colours[quantity]], () => {
      line = layLine({ ...told, sources: [] }, { notation, symbols, links: page.links, colours });
      replace(result, element("h3", {}, labelOf(quantity)), element("ol", { class: "equations" }, line.item));
    });
    line.update(read);
  }

  function arrive({ inputs, names, html, limits, scale }) {
    shown = { values: inputs, html };
    const short = inputs.length <= LISTED;
    row.hidden = key.hidden = inputs.length < FEW;
    replace(named, symbol(html), short ? `: ${inputs.length === 1 ? "one number" : `${inputs.length} numbers`}` : `: ${inputs.length} numbers`);
    replace(key, number(limits[0], 1), gradient(scale), number(limits[1], 1));
    drawHeatmap(strip, { shape: [inputs.length, 1], values: inputs }, [0], limits, scale);
    strip.setAttribute("aria-label", `The numbers that arrive, from ${number(Math.min(...inputs))} to ${number(Math.max(...inputs))}`);
    if (!short) return tell(null);
    replace(reading, ...[...inputs].flatMap((value, k) => [k ? ", " : "", indexed(html, k), `${names[k] ? ` (${names[k]})` : ""} = ${number(value, DECIMALS)}`]));
    shown = null;
  }
  return { root, update };
}

function gradient(stops) {
  const bar = element("i");
  bar.style.background = `linear-gradient(to right, ${stops.map(([place, colour]) => `${colour} ${100 * place}%`).join(", ")})`;
  return bar;
}

function indexed(html, index) {
  const name = symbol(html);
  name.append(`[${index}]`);
  return name;
}

// One list of numbers times its weights: the largest products, the rest, and what they come to.
function sumTable({ symbols, source, leaf, total, digits, names, weights, values }, chooseUnit) {
  const head = element("caption", {}, symbol(symbols[leaf]));
  if (values.every((value) => value === 0)) {
    return element("table", {}, head, element("tbody", {}, element("tr", {}, element("th", { scope: "row", colspan: 2 }, `all ${values.length} are 0 here`), element("td", {}, number(total, digits)))));
  }
  const { terms, rest, others, digits: fine, holds } = breakdown({ weights, values, total, digits });
  const factor = (value, places) => (value < 0 ? `(${number(value, places)})` : number(value, places));
  const rows = terms.map(({ index, weight, value, product, digits: places }) => {
    const name = indexed(symbols[source], index);
    if (names[index]) name.append(` (${names[index]})`);
    const leads = source === "inputs" ? name : leading(name, index, chooseUnit);
    return element("tr", {}, element("th", { scope: "row" }, leads), element("td", {}, `${number(weight, places)} · ${factor(value, places)} =`), element("td", {}, number(product, fine)));
  });
  if (others) rows.push(element("tr", {}, element("th", { scope: "row", colspan: 2 }, `the other ${others} together`), element("td", {}, number(rest, fine))));
  const sum = element("tr", { class: "sum" }, element("th", { scope: "row", colspan: 2 }, holds ? "sum" : "sum, about"), element("td", {}, element("strong", {}, number(total, digits))));
  return element("table", {}, head, element("tbody", {}, ...rows), element("tfoot", {}, sum));
}

function leading(name, index, chooseUnit) {
  const button = element("button", { type: "button", class: "push", title: `Show unit ${index}` }, name);
  button.onclick = () => chooseUnit(index);
  return button;
}
