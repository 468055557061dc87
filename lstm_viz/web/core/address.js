// The address bar holds the view. Replacing the entry, not adding one, keeps the back button for pages.
//
// Who leaves a page and comes back within a moment may find it still there, with nothing new to be told, at the bare
// address that Streamlit has written; and a part of the other page may speak only now. So each says of which page it
// speaks, and the bar is looked at now and then.
import { atWork } from "./at_work.js";

const PAUSE = 120; // milliseconds: a browser takes some over it, so it waits for a pause in typing
const LOOK = 500;
const STREAMLITS = "embed_options"; // Streamlit reads it from the address, and keeps it from the server
const WHOLE_PAGE = ".st-key-lv_whole_page a"; // leads from an embedded page to the same view on a page of its own
const FRAME = ["hide", "present", "embed", "theme"]; // the settings of ui/settings/frame.py

// Path → { query, root } of who spoke last, in whichever file's copy of this module.
const SAID = (globalThis[Symbol.for("the addresses of LSTM Viz")] ??= new Map());
let waiting = 0;
let looking = 0;

// address: a page, from the app's own address on, and the query of what it shows; root: of the component that shows it,
// for as long as it is there
export function setAddress(address, root) {
  const { pathname, search } = from(address);
  SAID.set(pathname, { query: search.slice(1), root });
  writeSoon();
  looking ||= setInterval(look, LOOK);
}

// An address with other settings of the view.
export function withSettings(address, change) {
  const [page, search] = address.split("?");
  const query = new URLSearchParams(search);
  change(query);
  return [page, query.toString()].filter(Boolean).join("?");
}

// The settings of an address as the bar shows them, so that two can be compared; without one: of what it shows.
export function shownAddress(address = null) {
  return address === null ? window.location.search : from(address).search;
}

const from = (address) => new URL(address, document.baseURI);

function onShow() {
  for (const [path, { root }] of SAID) if (!root.isConnected) SAID.delete(path);
  return SAID.get(window.location.pathname);
}

function writeSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(writeAddress, PAUSE);
}

// Has the bar say now what it would after a pause.
export function writeAddress() {
  clearTimeout(waiting);
  waiting = 0;
  const said = onShow();
  if (said) write(said.query);
  for (const link of document.querySelectorAll(WHOLE_PAGE)) link.href = addressWith((query) => [...FRAME, STREAMLITS].forEach((name) => query.delete(name)));
}

function write(query) {
  const { pathname, hash, search } = window.location;
  const next = withOptions(query);
  if (search !== next) window.history.replaceState(window.history.state, "", pathname + next + hash);
}

// What the page is at work on may be the reason why the bar says another thing.
function look() {
  if (!waiting && !atWork()) writeAddress();
  if (!SAID.size) looking = clearInterval(looking) ?? 0;
}

// One setting of the address: for a page of which no message writes it.
export function setParameter(name, value) {
  const said = onShow();
  const query = new URLSearchParams(said?.query ?? window.location.search);
  query.delete(STREAMLITS); // it stays as it is
  if (value === null) query.delete(name);
  else query.set(name, value);
  if (said) said.query = query.toString();
  else write(query.toString());
  writeSoon();
}

// What Streamlit was asked for stays, but for the theme, which has a setting of its own.
function withOptions(query) {
  const options = new URLSearchParams(window.location.search).getAll(STREAMLITS);
  const kept = options.filter((each) => !(new URLSearchParams(query).has("theme") && each.endsWith("_theme")));
  const all = [query, ...kept.map((each) => `${STREAMLITS}=${encodeURIComponent(each)}`)].filter(Boolean).join("&");
  return all && `?${all}`;
}

// The address of what is on show, with some of its parameters changed.
export function addressWith(change) {
  if (waiting) writeAddress();
  const address = new URL(window.location.href);
  const query = new URLSearchParams(address.search);
  change(query);
  address.search = query;
  return address.href;
}

// Where a link leads that is followed in a frame of another page: it stays one there.
export function stillEmbedded(href) {
  const address = new URL(href, document.baseURI);
  if (new URLSearchParams(window.location.search).has("embed")) address.searchParams.set("embed", "true");
  return address.href;
}

// A link to what is on show: on a page of its own, wherever it stands now.
export function linkAddress() {
  return addressWith((query) => [STREAMLITS, "embed"].forEach((name) => query.delete(name)));
}

// Whether a click leads to another page of the app, in its place.
export function inApp({ href, target, download }, { button, ctrlKey, metaKey, shiftKey, altKey }) {
  if (!href || target || download || button || ctrlKey || metaKey || shiftKey || altKey) return false;
  const { origin, pathname } = new URL(href, document.baseURI);
  return origin === window.location.origin && pathname !== window.location.pathname;
}

// Whether the address says nothing of what is to be shown, so that it is what was shown on another page.
export function namesNoView() {
  return [...new URLSearchParams(window.location.search).keys()].every((name) => [...FRAME, STREAMLITS].includes(name));
}

// The tag by which another page embeds what is on show.
// size: [width, height] in pixels; theme: "light", "dark", or "" for what the browser asks for; hide: names of parts
export function embedTag({ title, size: [width, height], theme, hide }) {
  const address = addressWith((query) => {
    for (const name of [STREAMLITS, ...FRAME]) query.delete(name);
    if (hide.length) query.set("hide", hide.join("."));
    if (theme) query.set("theme", theme);
    query.set("embed", "true");
  });
  const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<iframe src="${quoted(address)}" title="${quoted(title)}" width="${width}" height="${height}" style="border: 0; max-width: 100%" loading="lazy" allow="clipboard-write; fullscreen"></iframe>`;
}
