// The element that holds a component: its sheet has what every component of the project looks like.
import { element } from "./dom.js";

export function buildRoot(...names) {
  return element("div", { class: ["lv", ...names].join(" ") });
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
