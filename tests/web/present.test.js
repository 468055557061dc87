// The keys of presenter mode, and how much a screen is magnified.
import { asked, focusOn } from "../../lstm_viz/web/present/keys.js";
import { zoomFor } from "../../lstm_viz/web/present/zoom.js";
import { same, test } from "./testing.js";

const NOWHERE = focusOn(null);
const FIELD = { field: true, arrows: false, space: false };
const ON = { on: true };
const key = (name, more = {}) => ({ key: name, ...more });

test("a clicker and the arrows go on and back, wherever the focus is but in a field", () => {
  for (const [name, by] of [["ArrowRight", 1], ["ArrowLeft", -1], ["PageDown", 1], ["PageUp", -1], [" ", 1]]) same(asked(key(name), NOWHERE, ON), ["step", by]);
  same(asked(key(" ", { shiftKey: true }), NOWHERE, ON), ["step", -1]);
  same(asked(key("ArrowRight", { shiftKey: true }), NOWHERE, ON), ["figure", 1]);
  // A button is pressed by the space bar, a slider moved by the arrows.
  same(asked(key(" "), { field: false, arrows: false, space: true }, ON), null);
  same(asked(key("ArrowLeft"), { field: false, arrows: true, space: false }, ON), null);
  same(asked(key(" "), NOWHERE, { on: true, plays: true }), null);
});

test("no letter is taken from a field, and a clicker works in one", () => {
  const typed = [..."pPfFbBlLeEnN?. "].concat(["ArrowLeft", "ArrowUp", "Enter", "Backspace", "Home"]);
  for (const name of typed) {
    same(asked(key(name), FIELD, ON), null);
    same(asked(key(name), FIELD, { on: false }), null);
  }
  same(asked(key("PageDown"), FIELD, ON), ["step", 1]);
  same(asked(key("Escape"), FIELD, ON), ["blur"]);
});

test("every other key has its one meaning, and none with a modifier", () => {
  const meanings = { p: "leave", P: "leave", Escape: "leave", f: "full", b: "black", ".": "black", l: "ring", e: "controls", n: "numbers", "?": "sheet" };
  for (const [name, what] of Object.entries(meanings)) {
    same(asked(key(name), NOWHERE, ON), [what]);
    for (const modifier of ["ctrlKey", "metaKey", "altKey"]) same(asked(key(name, { [modifier]: true }), NOWHERE, ON), null);
  }
  for (const name of ["c", "r", "s", "z", "Tab", "Enter", "ArrowUp", "ArrowDown"]) same(asked(key(name), NOWHERE, ON), null);
});

test("outside of presenter mode P alone is heard", () => {
  same(asked(key("p"), NOWHERE, { on: false }), ["enter"]);
  for (const name of ["P", "b", ".", "f", "Escape", "ArrowRight", "PageDown", " "]) same(asked(key(name, { shiftKey: name === "P" }), NOWHERE, { on: false }), null);
});

test("the smallest type of the sheet is large enough on every screen", () => {
  const smallest = (width, height) => 15 * zoomFor(width, height);
  for (const [width, height, least] of [[1920, 1080, 22], [1366, 768, 16], [1024, 768, 16], [1280, 720, 16], [3840, 2160, 44]]) {
    same(smallest(width, height) >= least - 0.01, true);
  }
});

test("letters that are to be none of the keys are left alone", () => {
  const letter = (key, given) => asked({ key }, focusOn(null), { on: true, ...given });
  same([letter("b", {}), letter("b", { letters: false }), letter("Escape", { letters: false })], [["black"], null, ["leave"]]);
});
