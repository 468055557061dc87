// A reader leaves a live page by a link: what was done before is told first, and nothing after.
//
// Streamlit says what a component tells it a moment later, and asks for a page at once. A message of a page that comes
// after the next was asked for is nothing to the server, and Streamlit's own page breaks on the answer.

import { inApp } from "../core/address.js";
import { atRest, onRun } from "../core/at_work.js";

const MOMENT = 50; // milliseconds, in which it has said it

// root: of the page; mail(): its outbox, or what has its flush, posted, stop and stay, where there is one; signal: aborted
// when the page closes
export function leaving({ root, mail, signal, clock = globalThis }) {
  // Whoever goes elsewhere may be about to leave the page.
  const told = (event) => event.composedPath().includes(root) || mail()?.flush(true);
  for (const kind of ["pointerdown", "focusin"]) document.addEventListener(kind, told, { signal, capture: true });
  window.addEventListener("pagehide", () => mail()?.flush(true), { signal });
  // A place on this page is also gone to so.
  const here = window.location.pathname;
  window.addEventListener("popstate", () => window.location.pathname !== here && stop(), { signal });
  document.addEventListener("click", follow, { signal, capture: true });
  let gone = false; // whether the address was another page's since
  const runs = onRun(() => {
    if (window.location.pathname !== here) gone = true;
    else if (gone && atRest()) stay();
  });
  signal.addEventListener("abort", () => runs.disconnect());

  function stop() {
    gone = window.location.pathname !== here;
    mail()?.stop();
  }
  // Back before the page was taken down, which may be told nothing of it.
  function stay() {
    gone = false;
    if (root.isConnected) mail()?.stay();
  }

  function follow(event) {
    const path = event.composedPath();
    const link = path.find((each) => each.localName === "a");
    // The page's own links wait themselves until all is answered, for their addresses say what is shown.
    if (!link || path.includes(root) || event.defaultPrevented || !inApp(link, event)) return;
    const early = MOMENT - (performance.now() - (mail()?.posted() ?? -MOMENT));
    if (early <= 0) return stop();
    event.preventDefault();
    event.stopImmediatePropagation();
    clock.setTimeout(() => link.click(), early);
  }
}
