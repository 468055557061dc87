// A training's own time-line: the states that were kept of it, to go back through, and to go on from.
import { element, part } from "../../core/dom.js";

const FRAME = 110; // milliseconds a state, when it plays

// show(update): put a state on show, null for the newest; rewind(update): go on from there
export function buildPast({ show, rewind }) {
  const slider = element("input", { type: "range", min: 0, step: 1, "aria-label": "Updates so far" });
  const play = element("button", { type: "button", class: "quiet" }, "▶ Play");
  const newest = element("button", { type: "button", class: "quiet" }, "To the newest");
  const from = element("button", { type: "button", class: "quiet" }, "Go back to here");
  const where = element("output");
  const root = part("time_line", element("div", { class: "past" }, play, slider, where, newest, from));
  let kept = [];
  let at = null;
  let timer = 0;

  const place = () => (at === null ? kept.length : Math.max(0, kept.indexOf(at)));
  const go = (k) => show(k >= kept.length ? null : kept[k]);
  slider.oninput = () => {
    halt();
    go(Number(slider.value));
  };
  newest.onclick = () => {
    halt();
    show(null);
  };
  from.onclick = () => {
    halt();
    rewind(at);
  };
  play.onclick = () => {
    if (timer) return halt();
    if (at === null) go(0);
    timer = setInterval(() => {
      const next = place() + 1;
      go(next);
      if (next >= kept.length) halt();
    }, FRAME);
    name();
    return undefined;
  };

  function halt() {
    clearInterval(timer);
    timer = 0;
    name();
  }
  const name = () => (play.textContent = timer ? "❚❚ Hold" : "▶ Play");

  return {
    root,
    halt,
    // kept: updates of the states that there are; at: the one on show, null for the newest; now: the update of that
    update({ kept: there, at: shown, now }) {
      [kept, at] = [there.filter((each) => each < now), shown];
      root.hidden = kept.length < 1;
      slider.max = kept.length;
      slider.value = place();
      slider.setAttribute("aria-valuetext", at === null ? `the newest, update ${now}` : `update ${at}`);
      where.textContent = at === null ? `update ${now}, the newest` : `update ${at} of ${now}`;
      newest.hidden = from.hidden = at === null;
    },
  };
}
