// The element that holds a component: its sheet has what every component of the project looks like.
import { element } from "./dom.js";

// All of the page, in whichever file's copy of this module they were made.
const ROOTS = (globalThis[Symbol.for("the components of LSTM Viz")] ??= new Set());

export function buildRoot(...names) {
  const root = element("div", { class: ["lv", ...names].join(" ") });
  ROOTS.add(root);
  return root;
}

// The elements of all components that are on the page, from its top down.
export function rootsOnPage() {
  for (const root of ROOTS) if (!root.isConnected) ROOTS.delete(root);
  const top = (root) => root.getBoundingClientRect().top;
  return [...ROOTS].sort((a, b) => top(a) - top(b));
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
