// Presenter mode: a page for a lecture hall. Its state is the setting `present`, so it is in the address; a key tells the
// server, which says the same to whatever comes after.
import { lettersAreKeys } from "../core/letters.js";
import { CAME, PRESENTED, STEP, TOGGLE } from "../core/presented.js";
import { LAY_OUT, rootsOnPage } from "../core/root.js";
import { focused } from "../core/said.js";
import { buildDeck } from "./deck.js";
import { asked, focusOn } from "./keys.js";
import { buildLesson, lessonShown } from "./lesson.js";
import { buildRing } from "./ring.js";
import { buildScreens } from "./screens.js";
import { zoomFor } from "./zoom.js";

const EXTRAS = { controls: "with-controls", numbers: "with-numbers" }; // key → class of what is shown as well
const page = () => document.documentElement;

// tell(on): presenter mode was entered or left here
export function buildMode(tell) {
  const screens = buildScreens();
  const ring = buildRing();
  const deck = buildDeck();
  const lesson = buildLesson();
  const seen = new MutationObserver(() => requestAnimationFrame(() => on && look()));
  const shown = new Set(); // of EXTRAS
  const looks = new WeakMap(); // root → how it was drawn last
  let on = false;
  let full = false; // whether it went to full screen
  let before = 0; // how far the page was scrolled

  const act = {
    enter: () => turn(true, true),
    leave: () => turn(false, true),
    step: (by) => step(by),
    figure: (by) => deck.turn(by) && look(),
    black: () => screens.black(),
    sheet: () => screens.sheet(),
    full: () => fullScreen(),
    ring: () => ring.toggle(),
    controls: () => extra("controls"),
    numbers: () => extra("numbers"),
    blur: () => (focused()?.blur(), extra("controls", false)),
  };

  function onKey(event) {
    if (event.isComposing) return;
    const target = event.composedPath()[0];
    // Under a black screen a key does nothing but end it.
    if (on && screens.clear()) return taken(event);
    const plays = Boolean(deck.root()?.classList.contains("lv-inside")) && !lessonShown();
    const found = asked(event, focusOn(target), { on, plays, letters: lettersAreKeys() });
    if (!found) return;
    taken(event);
    act[found[0]](found[1]);
  }

  // A lesson, the page on the screen, or its next figure: whoever takes it first.
  function step(by) {
    if (lessonShown() && lesson.move(by)) return look();
    if (told(document, by)) return;
    const root = deck.root();
    if (root && deck.leads() && told(root, by)) return;
    if (deck.turn(by)) look();
  }

  function turn(wanted, here = false) {
    if (wanted === on) return;
    on = wanted;
    const main = document.querySelector("[data-testid=stMain]");
    if (on) before = main?.scrollTop ?? 0;
    page().classList.toggle(PRESENTED, on);
    if (on) {
      ring.open();
      focused()?.blur();
      window.focus(); // of a page in a frame
      seen.observe(document.body, { childList: true, subtree: true });
    } else {
      seen.disconnect();
      screens.close();
      ring.close();
      deck.close();
      lesson.close();
      shown.clear();
      if (full && document.fullscreenElement) document.exitFullscreen();
      full = false;
    }
    look();
    main?.scrollTo({ top: on ? 0 : before });
    if (here) tell(on);
  }

  // Every component, and what of each is on the screen, as the mode wants it; those that have come since, too.
  function look() {
    zoom();
    const roots = rootsOnPage();
    for (const root of on ? roots : []) seen.observe(root, { attributeFilter: ["data-painted", "data-at"] });
    for (const node of [page(), ...roots]) {
      node.classList.toggle(PRESENTED, on);
      for (const [name, with_] of Object.entries(EXTRAS)) node.classList.toggle(with_, on && shown.has(name));
    }
    const at = on ? [deck.lay(numberOf(roots)), lesson.lay(numberOf(roots))] : "";
    const as = [on, ...shown, page().style.getPropertyValue("--lv-zoom"), at].join();
    for (const root of roots) {
      if (looks.get(root) === as) continue;
      looks.set(root, as);
      root.dispatchEvent(new CustomEvent(LAY_OUT, { detail: { anew: true } }));
    }
  }

  function zoom() {
    if (on) page().style.setProperty("--lv-zoom", zoomFor(window.innerWidth, window.innerHeight));
    else page().style.removeProperty("--lv-zoom");
  }

  function extra(name, wanted = !shown.has(name)) {
    if (wanted) shown.add(name);
    else shown.delete(name);
    look();
    if (name === "controls" && wanted) deck.root()?.querySelector("textarea")?.focus();
  }

  async function fullScreen() {
    try {
      if (document.fullscreenElement) return await document.exitFullscreen();
      await page().requestFullscreen();
      full = true;
    } catch {
      screens.say("This browser, or the page around this frame, does not allow full screen.");
    }
  }

  // Before anything else hears of a key: the page's own keys, and Streamlit's.
  window.addEventListener("keydown", onKey, { capture: true });
  window.addEventListener("resize", () => on && look());
  document.addEventListener(CAME, () => on && look());
  document.addEventListener(TOGGLE, () => turn(!on, true));
  return { turn };
}

function told(target, by) {
  return !target.dispatchEvent(new CustomEvent(STEP, { detail: { by }, cancelable: true }));
}

function taken(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

// Which page is on show, and which step of a lesson on it.
function numberOf(roots) {
  const bar = roots.find((root) => root.classList.contains("lv-lesson"));
  return `${window.location.pathname} ${bar?.dataset.at ?? ""}`;
}

