// What a page that is taken down leaves to the one that is built in its place. Streamlit may do that at any time, such as
// when a connection comes back; what was typed and not answered then goes on being said, by the same sender. So it does
// where a reader follows a link to another page before the server has heard all.

import { namesNoView } from "../core/address.js";

const KEPT = 30000; // milliseconds in which it is built anew, if it is; what was not said is kept until another is open

const later = new Map(); // place → what was left there and is not said, until that place is on show again

let left = null; // what was left last: { name, closed, … }
const living = new Map(); // page → ends the one that is on show

// name: of the folder of the page; what: see mount.js, with dispose() for when nobody takes it; clock: see outbox.js
export function leave(name, what, clock = globalThis) {
  drop();
  living.delete(name);
  const timer = clock.setTimeout(() => {
    left.dispose();
    left = { ...left, name: "", dispose() {} };
  }, KEPT);
  left = { ...what, name, timer: () => clock.clearTimeout(timer) };
}

// What a page left a moment ago: { before } where that was the same, { elsewhere } where it was another, of which only
// what it had not said goes on; end(): called when another takes the place of the one that begins now.
export function takeOver(name, end) {
  living.get(name)?.();
  living.set(name, end);
  const [found, same] = [left, left?.name === name];
  left = null;
  found?.timer();
  if (!same) found?.dispose();
  return { before: same ? found : null, elsewhere: same ? null : found };
}

// An outbox's own, on another page: of which no edit was done there yet, and which has not the offers of the one before.
export function saidElsewhere({ unanswered, waiting, ...mail }, edits) {
  const there = (message) => ({ ...message, edits, actions: message.actions.filter(([name]) => name !== "take") });
  return { ...mail, unanswered: unanswered.map(there), waiting: waiting && there(waiting) };
}

function drop() {
  left?.timer();
  left?.dispose();
  left = null;
}

// As if no page had been here.
export function dropAll() {
  drop();
  later.clear();
}

// Whether two headers are of views that the server keeps in one place, and of the same step where that is a lesson's:
// what was done on one is nothing for another.
export const samePlace = (one, other) => placeOf(one) === placeOf(other);

function placeOf({ place, query }) {
  const view = new URLSearchParams(query);
  return [place, view.get("lesson"), view.get("at")].join();
}

// found: what another page left, or null; header: the first that this one is told → what was left and belongs to its
// place, or null. What belongs to another waits until that is on show again.
export function belonging(found, header) {
  if (found && !samePlace(found.told, header)) {
    if (found.mail.unanswered.length || found.mail.waiting) later.set(placeOf(found.told), found);
    found = null;
  }
  const here = placeOf(header);
  found ??= later.get(here) ?? null;
  later.delete(here);
  return found?.session === header.session && namesNoView() ? found : null;
}
