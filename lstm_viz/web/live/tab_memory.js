// What a reload would lose, kept by the browser for as long as the tab is open: a text that no address can hold, and
// what the server has not answered yet.

const NAME = "lstm-viz-view";

// memory: { at: the addresses that it belongs to, query, text, actions } → whether the browser keeps it
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

// What a page that opens at that address has to do, given what the server shows there.
export function missing(memory, header) {
  if (!memory) return [];
  const { query, text, actions } = memory;
  if (text === header.text) return actions;
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
