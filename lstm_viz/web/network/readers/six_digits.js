// A number with six digits, as Python writes it with the format ".6g".

const DIGITS = 6;

export function sixDigits(value) {
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [lead, power] = rounded(Math.abs(value)).split("e");
  const exponent = Number(power);
  const sign = value < 0 ? "-" : "";
  if (exponent < -4 || exponent >= DIGITS) {
    const size = String(Math.abs(exponent)).padStart(2, "0");
    return `${sign}${trimmed(lead)}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  const digits = lead.replace(".", "");
  if (exponent < 0) return `${sign}${trimmed(`0.${"0".repeat(-1 - exponent)}${digits}`)}`;
  return sign + trimmed(`${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`);
}

// In the middle between two, JavaScript takes the larger one, and Python that with the even digit.
function rounded(value) {
  const text = value.toExponential(DIGITS - 1);
  if (!value.toExponential(DIGITS + 1).includes("50e")) return text;
  const [lead, power] = value.toExponential(100).split("e");
  const [kept, rest] = [lead.slice(0, DIGITS + 1), lead.slice(DIGITS + 1)];
  return /^50*$/.test(rest) && Number(kept[DIGITS]) % 2 === 0 ? `${kept}e${power}` : text;
}

function trimmed(text) {
  return text.replace(/\.?0*$/, "");
}
