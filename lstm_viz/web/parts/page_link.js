// A link to another page of the app at the step and unit on show; everything else of the view goes along.
import { stillEmbedded } from "../core/address.js";
import { element, part } from "../core/dom.js";

const PATIENCE = 3000; // milliseconds that an answer to what was just typed is waited for

// page: its name in the address, "" for the home page
export function buildPageLink(page, text) {
  const root = part("page_link", element("a", { class: "page-link" }, text));
  let view = null;
  root.onclick = (event) => follow(event, root, () => answered(root.closest(".lv-page")));
  return {
    root,
    // short: the view as an address; linkable: whether that holds all of it
    update({ short, linkable }, { step, unit }) {
      root.hidden = short === null; // a page in a file has no others beside it
      if (root.hidden) return;
      const wanted = `${short} ${linkable} ${step} ${unit}`;
      if (wanted === view) return;
      view = wanted;
      root.href = addressOf(page, { short, linkable }, { step, unit });
    },
  };
}

// Goes where a link leads without loading the app again, once what is to be waited for has come, which may change that.
// Whoever asks for another tab gets one.
export async function follow(event, link, before = null) {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  await before?.();
  go(link.href);
}

// A view that no address holds is the session's: it is still there on the other page.
export function addressOf(page, { short, linkable }, place, base = document.baseURI) {
  const address = new URL(page || ".", base);
  const query = new URLSearchParams(short);
  for (const [name, value] of Object.entries(place)) query.set(name, value);
  if (linkable) address.search = query;
  return address.href;
}

// Waits until the server has seen what is on show, so that the address does not bring back what was there before.
async function answered(page) {
  for (const end = performance.now() + PATIENCE; page?.classList.contains("behind") && performance.now() < end; ) {
    await new Promise((later) => setTimeout(later, 20));
  }
}

// As the back button would: Streamlit shows another page without loading the app again.
function go(href) {
  window.history.pushState({}, "", stillEmbedded(href));
  window.dispatchEvent(new PopStateEvent("popstate"));
}
