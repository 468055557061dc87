// In place of a ledger, for a cell that has none: why, the same text with a cell that has one, and what each step still
// changes at the end.
import { roundUp } from "../../analysis/limits.js";
import { element, replace } from "../../core/dom.js";
import { compact } from "../../core/format.js";
import { columnWidth } from "../../core/geometry.js";
import { drawAxis } from "../../draw/axis.js";
import { drawBars } from "../../draw/lines.js";
import { buildTrack, labelPlain, setCaption } from "../../parts/track.js";

const SMALLEST = 0.1; // the end of a scale, so that next to nothing looks like it
const HEIGHT = { answer: 130, state: 90 };

// choose(cell): another cell was asked for
export function buildNoLedger(choose) {
  const reason = element("p", { class: "reason said" });
  const others = element("div", { class: "instead" });
  const axis = buildTrack("axis", "tokens left out");
  const answer = buildTrack("chart", "answer without");
  const state = buildTrack("chart", "state without");
  const tracks = element("div", { class: "tracks left-out said" }, axis.root, answer.root, state.root);
  const title = element("h2", {}, "What each step still changes");
  const root = element("section", { "aria-label": "No ledger" }, element("h2", {}, "No ledger"), reason, others, title, tracks);

  function update({ reason: why, instead = [], leftOut, themes }, theme) {
    root.hidden = !why;
    if (!why) return;
    reason.textContent = why;
    replace(others, ...instead.map(([name, text]) => {
      const button = element("button", { type: "button", class: "quiet" }, `This text’s ledger with the ${text}`);
      button.onclick = () => choose(name);
      return button;
    }));
    title.hidden = tracks.hidden = !leftOut;
    if (leftOut) draw(leftOut, themes[theme]);
  }

  function draw({ labels, name, answer: changes, state: sizes, captions }, colours) {
    const column = columnWidth(answer.root.querySelector(".body").clientWidth, labels.length);
    root.style.setProperty("--column", `${column}px`);
    root.style.setProperty("--columns", labels.length);
    drawAxis(axis.picture, { labels, unknown: [], column, letters: false });
    replace(axis.label, element("small", {}, "left out, one after the other"));
    answer.root.hidden = !changes.length; // of a network that says nothing
    const [end, most] = [changes, sizes].map((values) => roundUp(Math.max(SMALLEST, ...values.map(Math.abs))));
    drawBars(answer.picture, changes, { column, height: HEIGHT.answer, low: -end, high: end, middle: 0, colours: [colours.negative, colours.positive] });
    labelPlain(answer, name, "at the end, less what it would be without", `±${compact(end)}`);
    setCaption(answer, captions.answer);
    drawBars(state.picture, sizes, { column, height: HEIGHT.state, low: 0, high: most, middle: 0, colours: [colours.lines.hidden_state, colours.lines.hidden_state] });
    labelPlain(state, "Hidden state", "at the end: how far it would be from what it is", `0 to ${compact(most)}`);
    setCaption(state, captions.state);
  }
  return { root, update };
}
