// A file with a view of the app, made by live_page/view.py: the networks run in it, where they are inside.
import { makeSource } from "../network/source.js";
import { viewOf } from "../network/view.js";
import { opened, placed } from "./document.js";
import { openSaved } from "./saved.js";

// name, build: of a page; module: the page's numbers.js; cells: name of a network → its cell, compiled
export function openView(name, build, module, cells) {
  return opened(({ settings, words, rules, shown, networks, numbers }, arrays) => {
    const own = placed(name, build);
    if (numbers) return openSaved({ ...own, settings, words, rules, counting: still(numbers, arrays) });
    const sources = Object.fromEntries(Object.entries(networks).map(([key, about]) => [
      key,
      makeSource(about, { module: cells[key], weights: arrays[`weights ${key}`].values.buffer, vocabulary: about.vocabulary }),
    ]));
    return openSaved({ ...own, settings, words, rules, source: sources[shown], counting: running(module, sources, shown) });
  });
}

// Numbers of networks that run here.
function running(module, sources, shown) {
  const view = (settings) => viewOf(sources, shown, settings);
  return {
    numbers: (settings) => module.numbers(view(settings)),
    chosen: (settings) => (module.chosen ?? module.numbers)(view(settings)),
  };
}

// Numbers as they were saved.
function still(header, arrays) {
  return { still: true, numbers: () => ({ header, arrays }), chosen: () => ({ header: {}, arrays: {} }) };
}
