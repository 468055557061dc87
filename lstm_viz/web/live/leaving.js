// A reader leaves a live page by a link: what was done before is told first, and nothing after.
//
// Streamlit says what a component tells it a moment later, and asks for a page at once. A message of a page that comes
// after the next was asked for is nothing to the server, and Streamlit's own page breaks on the answer.

import { inApp } from "../core/address.js";

const MOMENT = 50; // milliseconds, in which it has said it

// root: of the page; mail(): its outbox, or what has its flush, posted and stop, where there is one; signal: aborted when
// the page closes
export function leaving({ root, mail, signal, clock = globalThis }) {
  // Whoever goes elsewhere may be about to leave the page.
  const told = (event) => event.composedPath().includes(root) || mail()?.flush(true);
  for (const kind of ["pointerdown", "focusin"]) document.addEventListener(kind, told, { signal, capture: true });
  window.addEventListener("pagehide", () => mail()?.flush(true), { signal });
  // A place on this page is also gone to so.
  const here = window.location.pathname;
  window.addEventListener("popstate", () => window.location.pathname !== here && mail()?.stop(), { signal });
  document.addEventListener("click", follow, { signal, capture: true });

  function follow(event) {
    const path = event.composedPath();
    const link = path.find((each) => each.localName === "a");
    // The page's own links wait themselves until all is answered, for their addresses say what is shown.
    if (!link || path.includes(root) || event.defaultPrevented || !inApp(link, event)) return;
    const early = MOMENT - (performance.now() - (mail()?.posted() ?? -MOMENT));
    if (early <= 0) return mail()?.stop();
    event.preventDefault();
    event.stopImmediatePropagation();
    clock.setTimeout(() => link.click(), early);
  }
}
