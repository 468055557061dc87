// Numbers as text.

// Fixed decimals with a real minus sign, and no "−0.00".
export function number(value, digits = 2) {
  if (Math.abs(value) === Infinity) return value < 0 ? "−∞" : "∞";
  const text = Math.abs(value) >= 1e5 ? value.toExponential(digits) : value.toFixed(digits);
  return (/^-0\.?0*$/.test(text) ? text.slice(1) : text).replace("-", "−");
}

// A probability that says 0 and 1 only where that is exact; mirrors `probability` of words/answers.py.
export function probability(share) {
  const rounded = Number(share.toFixed(9));
  if (rounded === 0 || rounded === 1) return String(rounded);
  if (rounded < 0.005) return "under 0.01";
  return rounded >= 0.995 ? "over 0.99" : number(rounded);
}

// As short as it is.
export function compact(value) {
  return String(value).replace("-", "−");
}

const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

export function power(exponent) {
  return exponent === 0 ? "1" : `10${[...String(Math.round(exponent))].map((sign) => RAISED[sign]).join("")}`;
}

// A value, or what it is the logarithm of: 0.031, 2.4×10⁻⁷, 0.
export function readable(value, isPower) {
  if (!isPower) return Number.isNaN(value) ? "–" : number(value, 3);
  if (value === -Infinity) return "0";
  if (Number.isNaN(value)) return "–";
  if (value > -3 && value < 4) return String(Number((10 ** value).toPrecision(3)));
  let whole = Math.floor(value);
  let lead = Number((10 ** (value - whole)).toPrecision(2));
  if (lead >= 10) [lead, whole] = [lead / 10, whole + 1];
  return `${lead}×${power(whole)}`;
}

// Whole numbers as ranges: 3, 5-8.
export function ranges(numbers) {
  const ordered = [...numbers].sort((a, b) => a - b);
  const runs = [];
  for (const one of ordered) {
    const last = runs[runs.length - 1];
    if (last && one === last[1] + 1) last[1] = one;
    else runs.push([one, one]);
  }
  return runs.map(([a, b]) => (a === b ? a : `${a}-${b}`)).join(", ");
}
