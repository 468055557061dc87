// What a page that is taken down leaves to the one that is built in its place. Streamlit may do that at any time, such as
// when a connection comes back; what was typed and not answered then goes on being said, by the same sender.

const KEPT = 30000; // milliseconds in which that happens, if it does

let left = null; // what was left last: { name, closed, … }
const living = new Map(); // page → ends the one that is on show

// name: of the folder of the page; what: see mount.js, with dispose() for when nobody takes it; clock: see outbox.js
export function leave(name, what, clock = globalThis) {
  drop();
  living.delete(name);
  const timer = clock.setTimeout(drop, KEPT);
  left = { ...what, name, timer: () => clock.clearTimeout(timer) };
}

// What the same page left a moment ago, or null; end(): called when another takes the place of the one that begins now.
export function takeOver(name, end) {
  living.get(name)?.();
  living.set(name, end);
  if (left?.name !== name) drop();
  const found = left;
  left = null;
  found?.timer();
  return found;
}

export function drop() {
  left?.timer();
  left?.dispose();
  left = null;
}

// Whether two addresses are of the same step of a lesson, or of none: what was done on one is nothing for another.
export function samePlace(query, other) {
  const [a, b] = [query, other].map((each) => new URLSearchParams(each));
  return ["lesson", "at"].every((name) => a.get(name) === b.get(name));
}
