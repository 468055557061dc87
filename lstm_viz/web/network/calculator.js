import { loadSource } from "./source.js";
import { viewOf } from "./view.js";
import { difference } from "./check.js";
const sources = new Map();
const layersOf = (view, shown) => ({ [shown]: view.layer }); // whose hidden states a page without a word on it shows
export function calculator(page) {
  let module = null;
  const find = (networks) => Object.fromEntries(Object.entries(networks).map(([key, { id }]) => [key, sources.get(id)]));
  return {
    async load(networks) {
      module = await import(`../pages/${page}/numbers.js`);
      await Promise.all(Object.values(networks).map(async (about) => sources.has(about.id) || sources.set(about.id, await loadSource(about))));
    },
    source: (about) => sources.get(about.id),
    ask(part, { networks, shown, settings, check, arrays }, done) {
      try {
        const view = viewOf(find(networks), shown, settings);
        if (part === "check") return done(null, difference((module.layers ?? layersOf)(view, shown), check, arrays));
        done(null, module[part](view));
      } catch (error) { console.error(error); done(error); }
    },
    close() {},
  };
}
