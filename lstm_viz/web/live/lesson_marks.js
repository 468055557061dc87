// What a reader has predicted and done in a lesson, kept by this browser alone: { at, marks: step → what is kept of it }.
const NAME = "lstm-viz-lesson-";
const OFFER = "lstm-viz-start-here"; // whether the way in for newcomers has been put away

// digest: of the lesson's text, for another text asks other questions
export function marksOf(digest, storage = ofTheBrowser()) {
  try {
    const kept = JSON.parse(storage.getItem(NAME + digest));
    return kept && typeof kept.marks === "object" && kept.marks ? { at: Number(kept.at) || 1, marks: kept.marks } : null;
  } catch {
    return null;
  }
}

// → whether the browser keeps it
export function keepMarks(digest, kept, storage = ofTheBrowser()) {
  try {
    storage.setItem(NAME + digest, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

// Whether the reader has begun any lesson.
export function anyMarks(storage = ofTheBrowser()) {
  try {
    return Object.keys(storage).some((name) => name.startsWith(NAME));
  } catch {
    return false;
  }
}

// Whether the way in may be offered: not where it was put away, nor where a browser could not remember that.
export function offered(storage = ofTheBrowser()) {
  try {
    return storage.getItem(OFFER) === null;
  } catch {
    return false;
  }
}

export function putAway(storage = ofTheBrowser()) {
  try {
    storage.setItem(OFFER, "away");
  } catch {
    // Then it is offered again.
  }
}

// Reading the property is refused where a browser keeps nothing at all.
function ofTheBrowser() {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}
