// Counts in a thread of its own what takes too long for the page's; calculator.js sends the work, one at a time.
import { load, made } from "./loaded.js";

// work: { page, part, request } → { result } or { error }, with the buffers that can be handed over
export async function work({ page, part, request }) {
  try {
    const [module] = await Promise.all([import(`../pages/${page}/numbers.js`), load(request.networks, { states: (request.settings?.checkpoint ?? null) !== null })]);
    if (part === "load") return [{ result: { took: 0 } }, []];
    const start = performance.now();
    const found = made(module, part, request);
    const took = performance.now() - start;
    if (!found.arrays) return [{ result: { ...found, took } }, []];
    // Copies: what is handed over is gone from here, and a run's own arrays are needed again.
    const arrays = Object.fromEntries(Object.entries(found.arrays).map(([name, { shape, values }]) => [name, { shape, values: values.slice() }]));
    return [{ result: { header: found.header, arrays, took } }, Object.values(arrays).map(({ values }) => values.buffer)];
  } catch (error) {
    return [{ error: String(error?.message ?? error) }, []];
  }
}

const inWorker = typeof WorkerGlobalScope !== "undefined" && globalThis instanceof WorkerGlobalScope;
if (inWorker) onmessage = async ({ data }) => postMessage(...(await work(data)));
