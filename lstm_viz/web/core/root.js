// The element that holds a component: its sheet has what every component of the project looks like.
import { element } from "./dom.js";
import { CAME, PRESENTED, presented } from "./presented.js";

// All of the page, in whichever file's copy of this module they were made.
const ROOTS = (globalThis[Symbol.for("the components of LSTM Viz")] ??= new Set());

export function buildRoot(...names) {
  const root = element("div", { class: ["lv", ...names, ...(presented() ? [PRESENTED] : [])].join(" ") });
  ROOTS.add(root);
  queueMicrotask(() => document.dispatchEvent(new Event(CAME)));
  return root;
}

// The elements of all components that are on the page, from its top down.
export function rootsOnPage() {
  for (const root of ROOTS) if (!root.isConnected) ROOTS.delete(root);
  const top = (root) => root.getBoundingClientRect().top;
  return [...ROOTS].sort((a, b) => top(a) - top(b));
}

export const LAY_OUT = "lv-lay-out"; // told to a root whose width has changed, and that is to be drawn for it at once; { anew }: or whose looks have

// Makes something of components that are at most so wide, and puts them back as they were before anyone sees it.
export function atMost(width, roots, make) {
  const wide = roots.filter((root) => root.clientWidth > width).map((root) => [root, root.style.cssText]);
  const layOut = (styleOf) => {
    for (const [root, own] of wide) {
      styleOf(root.style, own);
      root.dispatchEvent(new Event(LAY_OUT));
    }
  };
  layOut((style) => (style.width = `${width}px`));
  try {
    return make();
  } finally {
    layOut((style, own) => (style.width = own.match(/(?:^|; )width: ([^;]+)/)?.[1] ?? ""));
  }
}

// A component that is built once for a place in the document, then updated in place.
// build(parent, forget) → { update(data), close }; close calls forget, so that the place can be built for again
export function builtOnce(build) {
  const views = new WeakMap();
  return ({ parentElement, data }) => {
    if (!views.has(parentElement)) views.set(parentElement, build(parentElement, () => views.delete(parentElement)));
    const view = views.get(parentElement);
    view.update(data);
    return view.close;
  };
}
