// Asks a server again and again, and never all telephones at once: soon while things go on, more slowly the longer
// nothing changes or nobody answers.

export const PACE = { soon: 1500, slow: 5000, lost: 12000 }; // ms
const GROWS = 1.15;
const LOSES = 2;
const SPREAD = 0.25; // of each wait, either way

// ask() → { told }, { refused, status } or { lost }, see exchange.js; heard(answer): called with each
export function keepAsking({ ask, heard, pace = PACE, clock = globalThis, chance = Math.random }) {
  let wait = pace.soon;
  let known = "";
  let timer = 0;
  let running = true;
  let turn = 0; // an answer that was overtaken by asking anew is not the latest
  let asked = Promise.resolve(); // done once all have come

  const later = () => {
    clock.clearTimeout(timer);
    if (running) timer = clock.setTimeout(now, wait * (1 + SPREAD * (2 * chance() - 1)));
  };
  async function now() {
    clock.clearTimeout(timer);
    const mine = ++turn;
    const answering = ask();
    asked = Promise.all([asked, answering]);
    const answer = await answering;
    if (!running || mine !== turn) return;
    const seen = JSON.stringify(answer.told ?? null);
    if (!answer.told) wait = Math.min(pace.lost, wait * LOSES);
    else wait = seen === known ? Math.min(pace.slow, wait * GROWS) : pace.soon;
    known = answer.told ? seen : known;
    heard(answer);
    later();
  }
  return {
    // At once, as when a telephone is taken up again.
    now() {
      if (!running) return undefined;
      wait = pace.soon;
      return now();
    },
    // Until it is told to go on by `now`; done once nothing is on its way.
    async pause() {
      clock.clearTimeout(timer);
      turn += 1;
      await asked;
    },
    stop() {
      running = false;
      clock.clearTimeout(timer);
    },
  };
}
