// The states of a network through its training, folded to one line until they are wanted: a time-line, and a sentence on
// what changed between two of them.
import { element, replace } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { buildTimeline } from "./timeline.js";

const ON_THE_WAY = 60000; // milliseconds: while the mark moves, sentences wait until it rests
const COLOURS = { light: { loss: "#b45309", score: "#5b3aa8" }, dark: { loss: "#f0a95a", score: "#b9a3f5" } };

// tell: see mount.js
export function buildThroughTraining(tell) {
  const set = (values, pause = 0) => tell(["set", values], pause);
  let rest = () => {};
  const fold = element("button", { type: "button", class: "fold", "aria-expanded": "false" });
  const line = buildTimeline({
    onMove: (index, moving) => set({ checkpoint: stepAt(index) }, moving ? ON_THE_WAY : 0),
    onMark: (_, index) => set({ since: index ? steps[index] : null }, ON_THE_WAY),
    onRest: () => rest(),
  });
  const here = button("Compare from here", "Compare the states that follow with this one", () => set({ since: steps[at] || null }));
  const end = button("To the end", "The network as its training ended", () => set({ checkpoint: null }));
  const said = element("p", { class: "said", role: "status" });
  const tools = element("div", { class: "tools" }, line.now, here, end);
  const head = element("div", { class: "head" }, fold, tools);
  const inside = element("div", { class: "inside" }, line.root, said);
  const root = element("section", { class: "through" }, head, inside);
  let [steps, at, open] = [[], 0, false];
  let training = null;
  fold.onclick = () => set(open ? { timeline: false, checkpoint: null } : { timeline: true });

  const stepAt = (index) => (index === steps.length - 1 ? null : steps[index]);
  const placeOf = (step, none) => (step === null ? none : Math.max(0, steps.indexOf(step)));

  // What the server says of it.
  function update(header) {
    const before = String(steps);
    training = header.training ?? null;
    // A network whose states are not known has no time-line, nor has a page in a file.
    root.hidden = !training;
    steps = training?.steps ?? [];
    // What was played or dragged of one network does not go on in another.
    if (String(steps) !== before) line.stop();
    if (root.hidden) return;
    said.textContent = header.through?.said ?? "";
  }

  // Where in it one is, as the settings that are on show have it.
  function follow({ settings }, theme) {
    if (root.hidden || !training) return;
    at = placeOf(settings.checkpoint, steps.length - 1);
    open = settings.timeline || settings.checkpoint !== null;
    fold.setAttribute("aria-expanded", String(open));
    inside.hidden = tools.hidden = !open;
    root.classList.toggle("open", open);
    replace(fold, element("strong", {}, "Through training"), open ? "" : element("span", {}, "see this text in the network while it learnt"));
    if (!open) return line.stop();
    const since = placeOf(settings.since, 0);
    const colours = COLOURS[theme] ?? COLOURS.light;
    const { share } = training;
    const score = (value) => (share ? `${number(100 * value, 1)}%` : number(value, 3));
    const curves = [
      { name: "loss", values: training.loss, colour: colours.loss, said: (value) => number(value, 3) },
      { name: training.scoreName, values: training.score, colour: colours.score, said: score },
    ];
    line.update({ steps, curves, at, marks: [{ at: since, name: "compared with" }], theme });
    here.disabled = since === at;
    end.disabled = at === steps.length - 1;
  }
  return { root, update, follow, attend: (flush) => (rest = flush) };
}

function button(text, label, onClick) {
  const made = element("button", { type: "button", class: "quiet", title: label }, text);
  made.onclick = onClick;
  return made;
}
