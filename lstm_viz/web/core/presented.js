// Presenter mode, as every component sees it: whether it is on, and how much the screen is magnified. `present/` turns
// it on and off; its sheet says what a component leaves out then.
export const PRESENTED = "presented"; // class of the document and of every component's root
export const TOGGLE = "lv-present-toggle"; // told to the document by whatever asks for presenter mode, or its end
export const STEP = "lv-present-step"; // { by: ±1 }, told to the document, then to the root that is on the screen; taken with preventDefault

export function presented() {
  return document.documentElement.classList.contains(PRESENTED);
}

// The window's height in the pixels of a page that is magnified.
export function screenHeight() {
  return window.innerHeight / (Number(document.documentElement.style.getPropertyValue("--lv-zoom")) || 1);
}

// How high a heatmap may be of several below each other, so that all of them fit on the screen below a place.
// above: pixels from the top of the page to the first; between: from one to the next; usual: where nobody presents
export function mapRoom(count, { above, between = 12, usual = 192 / 2 }) {
  if (!presented()) return usual;
  const room = (screenHeight() - above) / Math.max(1, count) - between;
  return Math.max(32, Math.min(420, room));
}
