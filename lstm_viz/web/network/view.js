// A source and settings, as every page's numbers read them: the text, its run, and the place on show. Mirrors
// `ui/views/view.py`; everything is made when it is asked for.
import { NOTHING } from "../analysis/axis.js";
import { isBlank } from "./readers/unicode.js";

// sources: key → source, see source.js; shown: the key of the one on show; settings: plain values, the text among them
export function viewOf(sources, shown, settings) {
  return new View(sources[shown], settings, () => othersOf(sources, settings));
}

function othersOf(sources, settings) {
  return Object.fromEntries(Object.entries(sources).map(([key, source]) => [key, new View(source, settings)]));
}

class View {
  #made = {};
  #others;

  constructor(source, settings, others = () => ({})) {
    this.source = source;
    this.settings = settings;
    this.#others = others;
  }

  #once(name, make) {
    if (!(name in this.#made)) this.#made[name] = make();
    return this.#made[name];
  }

  get others() {
    return this.#once("others", this.#others);
  }

  get reading() {
    return this.#once("reading", () => this.source.read(this.settings.text));
  }

  // The run of the network on the text; null where there is nothing to run on.
  get trace() {
    return this.#once("trace", () => (this.reading.tokens.length ? this.source.run(this.reading.tokens) : null));
  }

  // The layer and direction on show, or the nearest that there is.
  get place() {
    const { layer, direction } = this.settings;
    const { places } = this.source;
    const there = places.filter(({ index }) => index === Math.min(layer, places[places.length - 1].index));
    return there.find((place) => place.direction === direction) ?? there[0];
  }

  get layer() {
    return this.source.layer(this.trace, this.place);
  }

  get step() {
    return Math.min(this.settings.step, this.trace.labels.length - 1);
  }

  get unit() {
    return Math.min(this.settings.unit, this.layer.units - 1);
  }
}

// What every live page counts, as `ui/views/envelope.py` does: → { header, arrays }
export function commonNumbers({ source, settings, reading }) {
  const { tokens, text } = reading;
  const { kind } = source.about.reader;
  const numbers = kind === "numbers";
  const header = {
    count: tokens.length,
    unreadable: (numbers || kind === "table") && !tokens.length && !isBlank(text),
    axis: NOTHING,
    steps: 0,
    units: 0,
    chosen: { step: settings.step, unit: settings.unit },
  };
  return { header, arrays: numbers ? { series: series(tokens) } : {} };
}

// (T, 2): each number, and whether it is marked.
function series(tokens) {
  const values = new Float32Array(2 * tokens.length);
  tokens.forEach((token, k) => values.set([Number.parseFloat(token), token.endsWith("*") ? 1 : 0], 2 * k));
  return { shape: [tokens.length, 2], values };
}
