// What an expression comes to, for many places at once, in double precision. Mirrors analysis/equations/evaluation.py.
//
// A tree, from analysis/equations/trees.py: a number; a name; ["sum", [sign, tree], …]; ["product", tree, …];
// ["ratio", tree, tree]; ["largest", tree, …]; or [function, tree]. Values: name → numbers, as many as there are places, or fewer that repeat (one for all places, or one
// a unit for all steps).

const logSigmoid = (x) => -(Math.max(0, -x) + Math.log1p(Math.exp(-Math.abs(x)))); // without overflow

const FUNCTIONS = {
  sigmoid: (x) => Math.exp(logSigmoid(x)),
  log_sigmoid: logSigmoid,
  exp: Math.exp,
  hard_sigmoid: (x) => Math.min(Math.max(0.2 * x + 0.5, 0), 1),
  tanh: Math.tanh,
  relu: (x) => Math.max(x, 0),
};

const OF_TWO = { ratio: (over, under) => (under === 0 ? 0 : over / under), largest: Math.max };

// → Float64Array(count); it may be that of a leaf, so it is not to be written into
export function evaluate(tree, values, count) {
  if (typeof tree === "number") return new Float64Array(count).fill(tree);
  if (typeof tree === "string") return leaf(values[tree], count);
  const [kind, ...parts] = tree;
  if (kind === "sum") return sum(parts, values, count);
  if (kind === "product") return product(parts, values, count);
  if (kind in OF_TWO) return inTurn(OF_TWO[kind], parts, values, count);
  const [call, argument, found] = [FUNCTIONS[kind], evaluate(parts[0], values, count), new Float64Array(count)];
  for (let k = 0; k < count; k++) found[k] = call(argument[k]);
  return found;
}

function leaf(numbers, count) {
  if (numbers.length === count) return numbers instanceof Float64Array ? numbers : new Float64Array(numbers);
  const repeated = new Float64Array(count);
  for (let start = 0; start < count; start += numbers.length) repeated.set(numbers, start);
  return repeated;
}

function sum(terms, values, count) {
  const total = new Float64Array(count);
  terms.forEach(([sign, term], n) => {
    const each = evaluate(term, values, count);
    if (n) for (let k = 0; k < count; k++) total[k] += sign * each[k];
    else for (let k = 0; k < count; k++) total[k] = sign * each[k];
  });
  return total;
}

function product([first, ...rest], values, count) {
  const total = new Float64Array(evaluate(first, values, count));
  for (const factor of rest) {
    const each = evaluate(factor, values, count);
    for (let k = 0; k < count; k++) total[k] *= each[k];
  }
  return total;
}

function inTurn(join, [first, ...rest], values, count) {
  const total = new Float64Array(evaluate(first, values, count));
  for (const part of rest) {
    const each = evaluate(part, values, count);
    for (let k = 0; k < count; k++) total[k] = join(total[k], each[k]);
  }
  return total;
}

// The names of the numbers that a tree reads.
export function namesIn(tree) {
  if (typeof tree === "number") return [];
  if (typeof tree === "string") return [tree];
  return tree[0] === "sum" ? tree.slice(1).flatMap(([, term]) => namesIn(term)) : tree.slice(1).flatMap(namesIn);
}
