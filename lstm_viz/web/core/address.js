// The address bar holds the view. Replacing the entry, not adding one, keeps the back button for pages.
import { copyText } from "./clipboard.js";

// A browser takes milliseconds over it, so it waits for a pause in typing.
const PAUSE = 120;
let wanted = null;
let timer = 0;

export function setAddress(query) {
  wanted = query;
  clearTimeout(timer);
  timer = setTimeout(writeAddress, PAUSE);
}

// As the bar shows it, so that two can be compared.
export function shownAddress(query = null) {
  const { href, search } = window.location;
  return query === null ? search : new URL(query ? `?${query}` : href.split(/[?#]/)[0], href).search;
}

function writeAddress() {
  clearTimeout(timer);
  const { pathname, hash, search } = window.location;
  const next = wanted ? `?${wanted}` : "";
  if (wanted !== null && search !== next) {
    window.history.replaceState(window.history.state, "", pathname + next + hash);
  }
  wanted = null;
}

// One setting of the address: for a page of which no message writes it.
export function setParameter(name, value) {
  const query = new URLSearchParams(wanted ?? window.location.search);
  if (value === null) query.delete(name);
  else query.set(name, value);
  setAddress(query.toString());
}

export async function copyAddress() {
  writeAddress();
  await copyText(window.location.href);
}
