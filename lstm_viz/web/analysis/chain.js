// How the states of one unit at one step follow from its gates, in lines of arithmetic whose numbers are right as shown.
// Mirrors analysis/equations/cell_arithmetic.py; the form of the lines comes from there.
import { rightAsShown, rounded } from "./decimals.js";
import { evaluate, namesIn } from "./evaluation.js";
import { rowBefore } from "./rows.js";

// → one a line: { quantity, numbers: what stands for each leaf, by name, result, holds }
export function chain({ about }, layer, step, unit) {
  const values = recorded(layer, step, unit);
  const Precise = Object.values(layer.values)[0].values.constructor; // float64 where the layer is
  return about.chain.map((equation) => {
    const { quantity, reductions } = equation;
    const tree = reductions[0][0][1];
    // What is not recorded follows from what is, and is as precise.
    values[quantity] ??= Precise.from(evaluate(tree, values, 1));
    const { digits: [[digits], [last]], holds } = rightAsShown(equation, values, 1);
    const numbers = Object.fromEntries(namesIn(tree).map((name) => [name, text(values[name][0], digits)]));
    return { quantity, numbers, result: text(values[quantity][0], last), holds: Boolean(holds[0]) };
  });
}

// Name → its value, in a list of one; what is not per unit is left out.
function recorded(layer, step, unit) {
  const { cell, units, values } = layer;
  const found = {};
  for (const { name, recorded: is, carried } of cell.quantities) {
    if (!is || values[name].shape[1] !== units) continue;
    found[name] = values[name].values.subarray(step * units + unit, step * units + unit + 1);
    if (carried) found[`${name}-`] = [rowBefore(layer, name, step)?.[unit] ?? 0];
  }
  return found;
}

// A rounded number with a true minus sign and no negative zero.
function text(value, digits) {
  const shown = rounded(value, digits);
  return `${shown < 0 ? "−" : ""}${shown === -Infinity ? "∞" : Math.abs(shown).toFixed(digits)}`;
}
