// One weighted sum as a reader can work it out by hand: its largest products, weight times value, and all others in one
// number, with as many decimals as make every line right as shown; decimals.js has the rule.
import { extraDigits } from "./decimals.js";

const SHORT = 6; // lists of so many numbers are told whole

// weights, values: as many numbers each; total: what they come to, shown with `digits` decimals
//   → { terms: [{ index, weight, value, product, digits }], rest, others, digits, holds }
//     terms: in the order of the list where it is told whole, else the largest first; digits of a term: of its weight and
//     its value; rest: what the `others`, so many, add up to; digits: of products and rest; holds: whether it is right
export function breakdown({ weights, values, total, digits }, most = 3) {
  const all = Array.from(weights, (weight, index) => ({ index, weight, value: values[index], product: weight * values[index] }));
  const whole = all.length <= SHORT;
  const terms = whole ? all : [...all].sort((a, b) => Math.abs(b.product) - Math.abs(a.product) || a.index - b.index).slice(0, most);
  const others = all.length - terms.length;
  // What is left of the total as it is, so that nothing is lost to the order of adding.
  const rest = others ? terms.reduce((left, { product }) => left - product, total) : 0;
  const parts = [...terms.map(({ product }) => product), ...(others ? [rest] : [])];
  const sum = ["sum", ...parts.map((_, k) => [1, String(k)])];
  const extra = extra1([["total", sum]], { total: [total], ...parts.map((part) => [part]) }, digits);
  const fine = digits + Math.max(extra, 0);
  const told = terms.map((term) => {
    const more = extra1([["product", ["product", "weight", "value"]]], { product: [term.product], weight: [term.weight], value: [term.value] }, fine);
    return { ...term, digits: fine + Math.max(more, 0), right: more >= 0 };
  });
  return { terms: told.map(({ right, ...term }) => term), rest, others, digits: fine, holds: extra >= 0 && told.every(({ right }) => right) };
}

const extra1 = (reduction, values, digits) => extraDigits(reduction, values, Int8Array.of(digits))[0];
