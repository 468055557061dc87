// A drawn series: a value a step, or null where nothing has been drawn.

const ENOUGH = 0.8; // the share of the steps that is to be drawn before the real curve is shown

// The steps from one pointer event to the next, on the straight line between the two: a fast pointer skips some.
//   from, to: { step, share }, shares of the height → [{ step, share }], `to` last
export function between(from, to) {
  const span = Math.abs(to.step - from.step);
  if (!span) return [to];
  return Array.from({ length: span }, (_, k) => {
    const part = (k + 1) / span;
    return { step: from.step + Math.sign(to.step - from.step) * (k + 1), share: from.share + part * (to.share - from.share) };
  });
}

// First and last step of every run of values; of those that are missing where `drawn` is false.
export function runs(values, drawn = true) {
  const found = [];
  values.forEach((value, step) => {
    if ((value !== null) !== drawn) return;
    const last = found[found.length - 1];
    if (last && last[1] === step - 1) last[1] = step;
    else found.push([step, step]);
  });
  return found;
}

// How many steps are to be drawn still.
export function lacking(values) {
  const drawn = values.filter((value) => value !== null).length;
  return Math.max(0, Math.ceil(ENOUGH * values.length - 1e-9) - drawn);
}

// The level at which the keys start to draw a step: that of the nearest drawn one, the earlier of two, or none's: null.
export function nearby(values, step) {
  for (let away = 0; away < values.length; away++) {
    for (const near of [step - away, step + away]) if ((values[near] ?? null) !== null) return values[near];
  }
  return null;
}

// The step at which a drawing is furthest from what is so, the first of several; null where no step has both.
// Mirrors `furthest` of words/predictions.py; tests/web/test_predictions.py holds the two equal.
export function furthest(drawn, truth, distance) {
  let [found, most] = [null, -1];
  drawn.forEach((value, step) => {
    const real = truth[step] ?? null;
    if (value === null || real === null) return;
    const away = distance(value, real);
    if (away > most + 1e-12) [found, most] = [step, away];
  });
  return found;
}

// Quartiles at every step of all curves that have a value there: [low, middle, high], or null where none has.
export function quartiles(curves, steps) {
  return Array.from({ length: steps }, (_, step) => {
    const values = curves.map((curve) => curve[step] ?? null).filter((value) => value !== null).sort((a, b) => a - b);
    return values.length ? [0.25, 0.5, 0.75].map((share) => quantile(values, share)) : null;
  });
}

// Of sorted values, linear between two of them.
export function quantile(values, share) {
  const place = share * (values.length - 1);
  const low = Math.floor(place);
  return values[low] + (place - low) * ((values[low + 1] ?? values[low]) - values[low]);
}
