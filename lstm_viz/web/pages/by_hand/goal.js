// What is asked, how far one is, hints on request, and the idea once it is solved or given up.
import { element, replace, say, unseen } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { sayAs } from "../../core/said.js";
import { fill } from "./written.js";

// there: the gates at the first miss; act: { hint(), idea(), solution(), zeros(), undo(), redo(), show(miss), next() }
export function buildGoal(act) {
  const task = element("p", { class: "task" });
  const count = element("small");
  const bar = element("i");
  const progress = element("div", { class: "progress", "aria-hidden": "true" }, bar);
  const state = element("p", { class: "state" });
  const miss = element("p", { class: "first-miss" });
  const show = quiet("Show it", () => act.show());
  const hint = quiet("Hint", () => act.hint());
  const idea = quiet("Show the idea", () => act.idea());
  const solution = quiet("Set these weights", () => act.solution());
  const next = quiet("Next challenge", () => act.next());
  const zeros = quiet("Back to zeros", () => act.zeros());
  const undo = quiet("Undo", () => act.undo(), "Undo (Ctrl+Z)");
  const redo = quiet("Redo", () => act.redo(), "Redo (Ctrl+Shift+Z or Ctrl+Y)");
  const hints = element("ol", { class: "hints" });
  const why = element("div", { class: "why" });
  const found = element("div", { class: "found" }, state, element("div", { class: "where" }, miss, show));
  const tools = element("div", { class: "tools" }, next, hint, idea, zeros, undo, redo);
  const main = element("div", {}, task, count, progress, found, tools);
  const side = element("div", { class: "help-side" }, hints, why);
  const root = element("section", { class: "goal", "aria-label": "The goal" }, unseen("The goal"), main, side);
  let shown = "";
  return {
    root,
    update({ challenge, judged, there, words, hinted, told, before, can, labels, named }) {
      const solved = judged.passed === judged.trials;
      task.textContent = challenge.task;
      count.textContent = challenge.count;
      root.classList.toggle("solved", solved);
      const reached = challenge.hold > 1 ? Math.min(judged.held / challenge.hold, solved ? 1 : 0.999) : judged.passed / judged.trials;
      bar.style.width = `${100 * reached}%`;
      const numbers = { ...judged, hold: challenge.hold, error: number(judged.error, 2) };
      sayAs(state, `${solved ? "✓ Solved. " : ""}${fill(challenge.state, numbers)}`);
      const first = judged.misses[0];
      say(miss, first ? `${missWords(first, { words, challenge, labels, named })} ${fill(words.gates, { gates: there })}` : "");
      show.hidden = !first;
      hint.disabled = hinted >= challenge.hints.length || solved;
      hint.textContent = hinted ? `Next hint (${Math.min(hinted + 1, challenge.hints.length)} of ${challenge.hints.length})` : `Hint (1 of ${challenge.hints.length})`;
      idea.textContent = told ? "Hide the idea" : solved ? "Why it works" : "Give up: show the idea";
      next.hidden = !solved;
      undo.disabled = !can.undo;
      redo.disabled = !can.redo;
      const key = [challenge.name, hinted, told, solved, before].join();
      if (key === shown) return;
      shown = key;
      replace(hints, ...challenge.hints.slice(0, hinted).map((text) => element("li", {}, text)));
      hints.hidden = !hinted;
      why.hidden = !told;
      side.hidden = !hinted && !told;
      root.classList.toggle("helped", !side.hidden);
      const opening = solved ? "Why it works" : "The idea";
      replace(why, element("h3", {}, opening), element("p", {}, challenge.idea), ...(solved ? [] : [solution]));
    },
  };
}

// Where it fails first, and by how much.
export function missWords(miss, { words, challenge, labels, named }) {
  const [low, high] = [number(miss.low, 2), number(miss.high, 2)];
  const kind = miss.high === Infinity ? "above" : miss.low === -Infinity ? "below" : "between";
  const wanted = fill(words[kind], { low, high });
  const value = Number.isFinite(miss.value) ? number(miss.value, 2) : words.unread;
  const { trial, step } = miss;
  const about = { reads: named[challenge.reads].toLowerCase(), value, wanted, step };
  if (trial === null) return fill(words.own, about);
  return fill(words.where, { ...about, trial: trial + 1, name: labels[trial] });
}

export function quiet(text, onClick, title = "") {
  const button = element("button", { type: "button", class: "quiet", ...(title && { title }) }, text);
  button.onclick = onClick;
  return button;
}
