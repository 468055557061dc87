// The scale of what is predicted: between a value, where it lies from 0 (low) to 1 (high), and how it is written.
import { number, power } from "../../core/format.js";
import { ticksBetween } from "../../core/geometry.js";

// asked: { range: [low, high], scale: "linear" (where none is named) or "log", decimals, unit }
export function scaleOf({ range: [low, high], scale = "linear", decimals = 2, unit = "" }) {
  const log = scale === "log";
  const to = log ? (value) => Math.log10(Math.max(value, 1e-300)) : (value) => value;
  const from = log ? (place) => 10 ** place : (place) => place;
  const [bottom, top] = [to(low), to(high)];
  const written = (value) => (log ? small(value) : number(value, decimals));
  return {
    low,
    high,
    log,
    unit,
    // What is not on the scale is drawn at its nearer end.
    share: (value) => Math.min(1, Math.max(0, (to(value) - bottom) / (top - bottom || 1))),
    value: (share) => rounded(from(bottom + Math.min(1, Math.max(0, share)) * (top - bottom))),
    // Mirrors `Scale.distance` of words/predictions.py, as `written` its `shown`.
    distance: (one, other) => (log ? Math.abs(to(one > 0 ? one : low) - to(other > 0 ? other : low)) : Math.abs(one - other)),
    written,
    show: (value) => `${written(value)} ${unit}`.trim(),
    ticks: (most) => ticksBetween(bottom, top, most, log).map((tick) => ({ share: (tick - bottom) / (top - bottom || 1), text: log ? power(tick) : shortest(tick) })),
  };
  function rounded(value) {
    return log ? Number(value.toPrecision(3)) : Number(value.toFixed(decimals));
  }
}

// Three digits, or two and a power of ten.
function small(value) {
  if (!(value > 0)) return "0";
  if (value >= 1e-3 && value < 1e4) return String(Number(value.toPrecision(3)));
  const [lead, exponent] = value.toExponential(1).split("e");
  return `${Number(lead)}×${power(Number(exponent))}`;
}

function shortest(value) {
  return String(Number(value.toPrecision(6))).replace("-", "−");
}

// A number as a reader writes it: with a point or a comma, either minus sign, or as 2.4e-7; NaN for anything else.
export function read(text) {
  const plain = text.trim().replace(/[−–]/g, "-").replace(",", ".");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
}
