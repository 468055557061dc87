// The address bar holds the view. Replacing the entry, not adding one, keeps the back button for pages.

// A browser takes milliseconds over it, so it waits for a pause in typing.
const PAUSE = 120;
const STREAMLITS = "embed_options"; // Streamlit reads it from the address, and keeps it from the server
const WHOLE_PAGE = ".st-key-lv_whole_page a"; // leads from an embedded page to the same view on a page of its own
const FRAME = ["hide", "present", "embed", "theme"]; // the settings of ui/settings/frame.py
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
  const next = wanted === null ? search : withOptions(wanted);
  if (search !== next) window.history.replaceState(window.history.state, "", pathname + next + hash);
  wanted = null;
  for (const link of document.querySelectorAll(WHOLE_PAGE)) link.href = addressWith((query) => [...FRAME, STREAMLITS].forEach((name) => query.delete(name)));
}

// One setting of the address: for a page of which no message writes it.
export function setParameter(name, value) {
  const query = new URLSearchParams(wanted ?? window.location.search);
  query.delete(STREAMLITS); // it stays as it is
  if (value === null) query.delete(name);
  else query.set(name, value);
  setAddress(query.toString());
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
  writeNow();
  const address = new URL(window.location.href);
  const query = new URLSearchParams(address.search);
  change(query);
  address.search = query;
  return address.href;
}

function writeNow() {
  if (wanted !== null) writeAddress();
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
