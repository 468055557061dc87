// In place of network/calculator.js while a benchmark runs: keeps what the engine made, and gives it again at once where
// `window.readyMade` says so, so that a key costs what drawing alone costs.
import { calculator as real } from "./calculator.js?real";

export function calculator(page) {
  const engine = real(page);
  const made = new Map();
  window.worked = 0;
  function ask(part, given, done) {
    const wanted = part + JSON.stringify(given.settings);
    if (window.readyMade && made.has(wanted)) return done(null, made.get(wanted));
    window.worked += 1;
    return engine.ask(part, given, (error, answer) => {
      if (!error) made.set(wanted, answer);
      done(error, answer);
    });
  }
  return { ...engine, ask };
}
