// Where in time and in which unit; play and pause; which network, whose symbols; the stages of a step.
import { element, replace } from "../../core/dom.js";
import { choice } from "../../parts/choice.js";
import { keyHints } from "../../parts/key_hints.js";
import { buildLayerChoice } from "../../parts/layer_choice.js";
import { stepper } from "../../parts/stepper.js";

export function buildControls({ move, player, choose: pick, look, tell, set }) {
  const play = button("", "Play", () => player.toggle(), "play");
  const step = stepper("time step", "‹", "›", (by) => move({ step: by }));
  const unit = stepper("unit", "↑", "↓", (by) => move({ row: by }));
  const speed = choice("Speed", (value) => pick("speed", value));
  const cell = choice("Cell", (value) => tell(["cell", value]));
  const task = choice("Task", (value) => tell(["task", value]));
  const layer = buildLayerChoice(set);
  const notation = choice("Symbols", (value) => pick("notation", value));
  const choices = element("div", { class: "choices" }, task.root, cell.root, layer.root, notation.root);
  const root = element("div", { class: "controls" }, element("div", { class: "transport" }, step.root, play, speed.root, unit.root), keyHints({ play: true }));
  const stages = element("div", { class: "stages", role: "group", "aria-label": "Stages of a step" });
  const keys = element("span", { class: "keys", title: "The next stage; with Shift the one before" }, element("kbd", {}, "S"), " next");
  let titles = "";
  let chips = [];

  function update(state, { playing }) {
    const { header, page, held, stage } = state;
    if (!page) return;
    replace(step.text, element("strong", {}, `“${held.labels[state.step - held.first] ?? "…"}”`), element("small", {}, `step ${state.step} of 0…${header.steps - 1}`));
    replace(unit.text, element("strong", {}, `Unit ${state.unit}`), element("small", {}, `of 0…${page.order.length - 1}`));
    play.textContent = playing ? "❚❚" : "▶";
    play.setAttribute("aria-label", playing ? "Pause" : "Play");
    play.title = playing ? "Pause (space)" : "Play the step, then the next (space)";
    if (titles !== page.stages.map(({ title }) => title).join()) {
      titles = page.stages.map(({ title }) => title).join();
      chips = page.stages.map(({ title }, k) => button(title, "", () => look(k), "stage"));
      replace(stages, ...chips, keys);
    }
    chips.forEach((chip, k) => chip.setAttribute("aria-pressed", k === stage));
  }

  function choose({ menu, speeds, speed: pace, layers, layer: chosen, notations, notation: symbols }) {
    speed.update(speeds, pace);
    cell.update(menu.cells, menu.cell);
    task.update(menu.tasks, menu.task);
    layer.update({ layers, layer: chosen });
    notation.update(notations, symbols);
    task.root.hidden = menu.tasks.length < 2;
    cell.root.hidden = menu.cells.length < 2;
  }
  return { root, choices, stages, update, choose };
}

function button(text, label, onClick, name) {
  const node = element("button", { type: "button", class: `quiet ${name}` }, text);
  if (label) node.setAttribute("aria-label", label);
  node.onclick = onClick;
  return node;
}
