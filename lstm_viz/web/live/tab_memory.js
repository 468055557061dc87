// What a reload would lose, kept by the browser for as long as the tab is open: a text that no address can hold, and
// what the server has not answered yet.

import { shownAddress } from "../core/address.js";
import { samePlace } from "./handover.js";

const NAME = "lstm-viz-view";
const LONG = "This text is too long for a link: save the view as a file to share";
const KEPT = `${LONG} it. The address keeps everything else, and this browser tab keeps the text when it is loaded again.`;
const LOST = `${LONG} or keep it. The address keeps everything else; loading the page again would lose the text.`;

// Keeps what a reload would lose: told, the server's last header; actions, what it has not answered → what is to be said
// of a text that no address holds, else "".
export function keep(told, actions) {
  if (!actions.length && told.linkable) {
    forgetMemory();
    return "";
  }
  const at = [shownAddress(), shownAddress(told.address)];
  const safe = remember({ at, place: told.place, query: told.query, text: told.text, actions });
  return told.linkable ? "" : safe ? KEPT : LOST;
}

// memory: { at: the addresses that it belongs to, place, query, text, actions } → whether the browser keeps it
export function remember(memory, storage = ofTheTab()) {
  try {
    storage.setItem(NAME, JSON.stringify(memory));
    return true;
  } catch {
    forgetMemory(storage); // what was there is older
    return false;
  }
}

export function forgetMemory(storage = ofTheTab()) {
  try {
    storage.removeItem(NAME);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

// What is kept of the view at an address, or null.
export function recall(address, storage = ofTheTab()) {
  try {
    const memory = JSON.parse(storage.getItem(NAME));
    return memory?.at.includes(address) ? memory : null;
  } catch {
    return null;
  }
}

// What a page that opens at that address has to do, given what the server shows there. Other pages have addresses with
// the same settings, and what was done on them is nothing for a lesson's view, nor the other way round.
export function missing(memory, header) {
  if (!memory || !samePlace(memory, header)) return [];
  const { query, text, actions } = memory;
  // A server that was started anew may have been told of an older address.
  if (text === header.text && query === header.query) return actions;
  return [["restore", { query, text, past: [], future: [] }], ...actions];
}

// Reading the property is refused where a browser keeps nothing at all.
function ofTheTab() {
  try {
    return globalThis.sessionStorage;
  } catch {
    return null;
  }
}
