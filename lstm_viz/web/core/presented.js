// Presenter mode, as every component sees it: whether it is on, and how much the screen is magnified. `present/` turns
// it on and off; its sheet says what a component leaves out then.
export const PRESENTED = "presented"; // class of the document and of every component's root
export const TOGGLE = "lv-present-toggle"; // told to the document by whatever asks for presenter mode, or its end
export const STEP = "lv-present-step"; // { by: ±1 }, told to the document, then to the root that is on the screen; taken with preventDefault

export const CAME = "lv-component-came"; // told to the document when a component has been built

export function presented() {
  return Boolean(globalThis.document?.documentElement.classList.contains(PRESENTED));
}

// The window's height in the pixels of a page that is magnified.
export function screenHeight() {
  return window.innerHeight / (Number(document.documentElement.style.getPropertyValue("--lv-zoom")) || 1);
}

// The height from the top of an element to the bottom of the screen, in such pixels; null where nobody presents, or where
// the element is not on the page.
export function roomFrom(node) {
  const page = presented() && node?.getClientRects().length && document.querySelector("[data-testid=stMainBlockContainer]");
  if (!page) return null;
  const above = (node.getBoundingClientRect().top - page.getBoundingClientRect().top) / (page.currentCSSZoom ?? 1);
  return screenHeight() - above;
}

// How high each of several heatmaps below each other may be, so that all of them fit on the screen; null where nobody
// presents. tracks: those that may be there; between: pixels from one to the next
export function mapRoom(tracks, between = 12) {
  const there = tracks.filter((track) => track.getClientRects().length);
  const room = roomFrom(there[0]);
  return room === null ? null : Math.max(32, Math.min(460, (room - 10) / there.length - between));
}
