// For whoever cannot see the page: a button after all else that has all said that is shown, and a key that does the same
// from wherever one is, in a text too; and one that keeps letters from being keys. What is said is written on the page as
// well, for whoever reads along.
import { element } from "../core/dom.js";
import { lettersAreKeys, setLetters } from "../core/letters.js";
import { rootsOnPage } from "../core/root.js";
import { voice } from "../core/said.js";
import { summed } from "../parts/summed_up.js";
import { SAY } from "./keys.js";

const LEAVES = [SAY, "Tab", "Shift"]; // keys after which what was said may still be read

export function buildWays() {
  const ask = element("button", { type: "button", class: "lv-way", "aria-keyshortcuts": SAY }, `Say what is shown (${SAY})`);
  const letters = element("button", { type: "button", class: "lv-way", "aria-pressed": String(lettersAreKeys()) }, "Letters alone are keys");
  const shown = element("div", { class: "lv-shown", role: "region", "aria-label": "What is shown", tabindex: 0, hidden: "" });
  const root = element("nav", { class: "lv-ways", "aria-label": "Keys" }, shown, ask, letters);
  document.body.append(root);
  letters.onclick = () => {
    setLetters(!lettersAreKeys());
    letters.setAttribute("aria-pressed", String(lettersAreKeys()));
  };
  ask.onclick = async () => {
    const text = await summed(rootsOnPage());
    shown.textContent = text;
    shown.hidden = false;
    voice().now(text);
  };
  // It is there to be read along, until something else is done.
  const away = (event) => shown.contains(event.target) || (shown.hidden = true);
  window.addEventListener("pointerdown", away, { capture: true });
  window.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (event.key === SAY && plain) {
      event.preventDefault();
      ask.click();
    } else if (event.key === "Escape") shown.hidden = true;
    else if (!LEAVES.includes(event.key) && event.target !== ask) away(event);
  }, { capture: true });
  return root;
}
