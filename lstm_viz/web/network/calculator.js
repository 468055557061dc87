// Makes a page's numbers: here where that is quick, else in a worker, so that no key waits for it.
import { load, made, sourceOf } from "./loaded.js";

const QUICK = 4; // milliseconds within which they are made here
const PATIENT = 30; // and while there is no worker yet
const COLD = 3; // code is slow until it ran a few times

// page: the name of its folder in `pages`. What is asked last counts: an earlier question that is not answered by then
// never is. done(error, { header, arrays, took, where }) is called at once where the numbers are made here.
export function calculator(page, start = startWorker) {
  let module = null;
  let worker = null; // null: not started; false: cannot be had
  let able = false; // it has loaded what it needs
  let busy = null; // what the worker does
  const waiting = new Map(); // kind → what it will do next
  let besides = 0; // milliseconds a token, for what is made of a run
  let asked = 0;

  // request: { networks: key → about, shown, settings }, and for the part "check" also { check, arrays }
  function ask(part, request, done) {
    const kind = part === "check" ? "check" : "numbers";
    const work = { kind, part, request, done };
    const now = quick(request) && !(busy && kind === "check");
    waiting.delete(kind);
    if (busy?.kind === kind) busy.done = () => {};
    if (now) return here(work);
    waiting.set(kind, work);
    next();
  }

  // Whether the numbers are soon made here, were there no run to begin from.
  function quick({ networks, settings }) {
    if (worker === false) return true;
    const sources = sourcesOf(networks, settings);
    const expected = sources.reduce((sum, source) => sum + expectedOf(source, settings) + besides * tokensOf(source, settings).length, 0);
    if (expected > QUICK / 2 && worker === null) begin(networks); // soon it will be needed
    return expected <= (able ? QUICK : PATIENT);
  }

  function here({ part, request, done }) {
    const start = performance.now();
    let found = null;
    try {
      found = made(module, part, request);
    } catch (error) {
      return done(error);
    }
    const took = performance.now() - start;
    learn(part, request, took);
    done(null, { ...found, took, where: "here" });
  }

  // The slowest counts, for a while: after a small edit there was a run to begin from.
  function learn(part, { networks, settings }, took) {
    if (part !== "numbers") return;
    const sources = sourcesOf(networks, settings);
    const steps = sources.reduce((sum, source) => sum + tokensOf(source, settings).length, 0);
    const runs = sources.reduce((sum, source) => sum + expectedOf(source, settings), 0);
    asked += 1;
    if (steps && asked > COLD) besides = Math.max(besides / 2, (took - runs) / steps);
  }

  function next() {
    if (busy || !waiting.size) return;
    const [kind, work] = waiting.entries().next().value;
    waiting.delete(kind);
    if (worker) send(work);
    else here(work);
  }

  function send(work) {
    busy = work;
    worker.postMessage({ page, part: work.part, request: work.request });
  }

  function begin(networks) {
    worker = start();
    if (!worker) return;
    worker.onmessage = ({ data: { result, error } }) => {
      const work = busy;
      busy = null;
      if (error) return without(work);
      able = true;
      learn(work.part, work.request, result.took);
      work.done(null, { ...result, where: "worker" });
      next();
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      const work = busy;
      busy = null;
      without(work);
    };
    send({ kind: "load", part: "load", request: { networks }, done() {} });
  }

  // Everything is done here from now on: what was not answered too.
  function without(work) {
    worker.terminate();
    worker = false;
    if (work && work.part !== "load") here(work);
    while (waiting.size) next();
  }

  return {
    async load(networks, wanted) {
      [module] = await Promise.all([import(`../pages/${page}/numbers.js`), load(networks, wanted)]);
    },
    ready: (networks, checkpoint = null) => module !== null && Object.values(networks).every((about) => sourceOf(about, checkpoint)),
    source: sourceOf,
    ask,
    close() {
      if (worker) worker.terminate();
      worker = false;
      waiting.clear();
    },
  };
}

const sourcesOf = (networks, { checkpoint = null }) => Object.values(networks).map((about) => sourceOf(about, checkpoint));
const tokensOf = (source, { text }) => source.read(text).tokens;
const expectedOf = (source, settings) => source.expected(tokensOf(source, settings));

// False where there can be none.
function startWorker() {
  try {
    return new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  } catch {
    return false;
  }
}
