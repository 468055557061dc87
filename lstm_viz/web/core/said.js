// What a screen reader says of the page: one polite region for all components, outside of all of them, which says the last
// of what there is to say once the hand rests. Nothing is said while somebody types.
import { element } from "./dom.js";

export const SUM_UP = "lv-sum-up"; // told to the root of a component, see parts/summed_up.js
const UNDER_WAY = 700; // the same while a value is changed, which is said by itself
const REST = 300; // milliseconds without anything newer to say
const OUT_OF_SIGHT = "position: fixed; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap";

// say(sentence): has it read out; clock: with setTimeout and clearTimeout
export function buildVoice(say, clock = globalThis) {
  let timer = 0;
  let last = "";
  function hush() {
    clock.clearTimeout(timer);
    timer = 0;
  }
  return {
    hush,
    // make() → a sentence, "" where there is nothing to say by then: what is asked for last is said, the rest is not.
    later(make, rest = REST) {
      hush();
      timer = clock.setTimeout(() => {
        timer = 0;
        const sentence = make();
        if (sentence && sentence !== last) say((last = sentence));
      }, rest);
    },
    // What was asked for, said again where it was said before.
    now(sentence) {
      hush();
      say((last = sentence));
    },
  };
}

// A sentence on the page that is said as it changes: once the hand rests, however many keys a slider was given.
export function sayAs(node, sentence) {
  if (node.textContent === sentence) return;
  const told = node.textContent !== "";
  node.textContent = sentence;
  if (told) voice().later(() => (node.isConnected ? node.textContent : ""), UNDER_WAY);
}

// Of the document, in whichever file's copy of this module it was made.
const NAME = Symbol.for("the voice of LSTM Viz");
export const voice = () => (globalThis[NAME] ??= buildVoice(regionOf(document)));

function regionOf(page) {
  const region = element("div", { class: "lv-said", role: "status" });
  region.style.cssText = OUT_OF_SIGHT;
  page.body.append(region);
  return (sentence) => {
    // The same words twice are no change, and would not be said.
    region.textContent = region.textContent === sentence ? `${sentence}\u00a0` : sentence;
  };
}

// What has the focus, within whichever component.
export function focused(page = document) {
  let node = page.activeElement;
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  return node === page.body ? null : node;
}
