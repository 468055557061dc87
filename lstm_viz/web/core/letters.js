// Keys of one letter, such as P and S: whoever speaks to the computer, or hits keys by accident, can turn them off, and the
// browser remembers it.
const NAME = "lstm-viz-letters";

export function lettersAreKeys() {
  try {
    return localStorage.getItem(NAME) !== "off";
  } catch {
    return true;
  }
}

export function setLetters(on) {
  try {
    if (on) localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, "off");
  } catch {
    // A browser that keeps nothing leaves them on.
  }
}
