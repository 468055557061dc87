// What a browser keeps of a room, in its storage where it has one, else in this page for as long as it is open.

const inPage = new Map();

function storage() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null; // a frame of another site's page may have none
  }
}

// name → what was kept under it, or null
export function kept(name) {
  try {
    return JSON.parse(storage()?.getItem(name) ?? "null") ?? inPage.get(name) ?? null;
  } catch {
    return inPage.get(name) ?? null;
  }
}

// value: plain data; null to forget it
export function keep(name, value) {
  if (value === null) inPage.delete(name);
  else inPage.set(name, value);
  try {
    if (value === null) storage()?.removeItem(name);
    else storage()?.setItem(name, JSON.stringify(value));
  } catch {
    // Full, or not to be written: the page has it.
  }
}

const BROWSER = "lstm-viz-browser";

// What this browser calls itself: by chance, so that one answer counts and nobody is known by it.
export function thisBrowser() {
  const made = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (each) => each.toString(16).padStart(2, "0")).join("");
  const name = kept(BROWSER) ?? made();
  keep(BROWSER, name);
  return name;
}
