// What a training is asked and told, at addresses of its own: news as soon as there is some, and what its reader wants of
// it. Mirrors ui/bridge/training_room.py.
import { unpack } from "../../core/payload.js";

const PATIENCE = 10000; // milliseconds that an answer is waited for
const LOST = [300, 1000, 3000, 8000]; // and those until the next question, after so many that were not answered
const STILL = 4000; // between two questions about a training that does not go on by itself
const AWAY = 1000; // and while the page cannot be seen

// app: the app's own address; place: of the training; heard({ header, arrays }): of each piece of news;
// lost(sentence): no news came, "" where it is not known why; gone(sentence): the server has no such training any more
export function followTraining({ app, place, heard, lost, gone, fetch = globalThis.fetch.bind(globalThis), clock = globalThis }) {
  const address = new URL(place, app).href;
  let known = { number: "", state: "" };
  let running = true;
  let resting = false;
  let failures = 0;
  let timer = 0;
  let asking = null; // the question under way

  async function ask() {
    clock.clearTimeout(timer);
    asking?.abort();
    const mine = (asking = new AbortController());
    let answer = null;
    try {
      const query = new URLSearchParams(known);
      answer = await fetch(`${address}/news?${query}`, { cache: "no-store", credentials: "omit", signal: AbortSignal.any([mine.signal, AbortSignal.timeout(PATIENCE)]) });
      if (!answer.ok) return refused(answer, await answer.json());
      const news = unpack(new Uint8Array(await answer.arrayBuffer()));
      if (!running || mine !== asking) return undefined;
      failures = 0;
      known = { number: news.header.number, state: news.header.state };
      heard(news);
      return later(document.hidden ? AWAY : news.header.goesOn ? 0 : STILL);
    } catch {
      if (!running || mine !== asking) return undefined;
      failures += 1;
      if (failures > 1) lost("");
      return later(LOST[Math.min(failures, LOST.length) - 1]);
    }
  }

  function refused({ status }, { error }) {
    if (!running) return;
    if (status === 404) {
      running = false;
      gone(String(error));
      return;
    }
    failures += 1;
    lost(String(error ?? ""));
    later(LOST[Math.min(failures, LOST.length) - 1]);
  }

  function later(wait) {
    clock.clearTimeout(timer);
    if (running) timer = clock.setTimeout(ask, wait);
  }

  // → "" or why it was not done
  async function tell(what) {
    try {
      const answer = await fetch(`${address}/do`, {
        method: "POST", cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(PATIENCE),
        headers: { "Content-Type": "application/json" }, body: JSON.stringify(what),
      });
      const { error = "" } = await answer.json();
      if (running) ask();
      return String(error);
    } catch {
      return "The server does not answer; what was asked for may not have been done.";
    }
  }

  // The weights of a kept state, as news have them.
  async function state(update) {
    const answer = await fetch(`${address}/state/${update}`, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) throw new Error(String(answer.status));
    return unpack(new Uint8Array(await answer.arrayBuffer()));
  }

  // Ask for nothing, and go on with it where nothing came of what that was for.
  function rest() {
    resting = true;
    clock.clearTimeout(timer);
    asking?.abort();
    asking = null;
  }
  function wake() {
    if (!resting || !running) return;
    resting = false;
    ask();
  }

  ask();
  return {
    rest,
    wake,
    tell,
    state,
    ask: () => running && ask(),
    fileOf: (lane) => `${address}/file/${lane}`,
    stop() {
      running = false;
      clock.clearTimeout(timer);
      asking?.abort();
    },
  };
}
