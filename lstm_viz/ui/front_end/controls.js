// Where in time and in which unit; play and pause; which network, whose symbols; the stages of a step.
import { element, replace } from "./dom.js";
import { choice } from "./toolbar.js";

export function buildControls({ move, player, set, look, tell }) {
  const play = button("", "Play", () => player.toggle(), "play");
  const step = stepper("time step", "‹", "›", (by) => move({ step: by }));
  const unit = stepper("unit", "↑", "↓", (by) => move({ row: by }));
  const speed = choice("Speed", (value) => set("speed", value));
  const cell = choice("Cell", (value) => tell({ cell: value }));
  const task = choice("Task", (value) => tell({ task: value }));
  const layer = choice("Layer", (value) => {
    const [index, direction] = value.split(" ");
    tell({ layer: Number(index), direction });
  });
  const notation = choice("Symbols", (value) => set("notation", value));
  const choices = element("div", { class: "choices" }, task.root, cell.root, layer.root, notation.root);
  const root = element("div", { class: "controls" }, element("div", { class: "transport" }, step.root, play, speed.root, unit.root), keyHints());
  const stages = element("div", { class: "stages", role: "group", "aria-label": "Stages of a step" });
  let titles = "";

  function update(state, { playing }) {
    const { header, page, stage, first } = state;
    if (!page) return;
    replace(step.text, element("strong", {}, `“${page.labels[state.step - first] ?? "…"}”`), element("small", {}, `step ${state.step} of 0…${header.steps - 1}`));
    replace(unit.text, element("strong", {}, `Unit ${state.unit}`), element("small", {}, `of 0…${page.order.length - 1}`));
    play.textContent = playing ? "❚❚" : "▶";
    play.setAttribute("aria-label", playing ? "Pause" : "Play");
    play.title = playing ? "Pause (space)" : "Play the step, then the next (space)";
    speed.update(header.speeds, state.speed);
    cell.update(header.menu.cells, header.menu.cell);
    task.update(header.menu.tasks, header.menu.task);
    layer.update(header.layers, header.layer);
    notation.update(header.notations, state.notation);
    task.root.hidden = header.menu.tasks.length < 2;
    cell.root.hidden = header.menu.cells.length < 2;
    layer.root.hidden = header.layers.length < 2;
    if (titles !== page.stages.map(({ title }) => title).join()) {
      titles = page.stages.map(({ title }) => title).join();
      replace(stages, ...page.stages.map(({ title }, k) => button(title, "", () => look(k), "stage")));
    }
    [...stages.children].forEach((chip, k) => chip.setAttribute("aria-pressed", k === stage));
  }
  return { root, choices, stages, update };
}

function keyHints() {
  const keys = [["←", "→"], " time step ", ["↑", "↓"], " unit ", ["space"], " play ", ["Esc"], " back to the text"];
  return element("p", { class: "keys" }, ...keys.flatMap((part) => (Array.isArray(part) ? part.map((key) => element("kbd", {}, key)) : [part])));
}

function button(text, label, onClick, name) {
  const node = element("button", { type: "button", class: `quiet ${name}` }, text);
  if (label) node.setAttribute("aria-label", label);
  node.onclick = onClick;
  return node;
}

function stepper(what, back, forth, onMove) {
  const text = element("div", { class: "where" });
  const buttons = [back, forth].map((sign, k) => {
    const node = button(sign, `${k ? "next" : "previous"} ${what}`, () => onMove(k ? 1 : -1), "");
    node.title = node.getAttribute("aria-label");
    return node;
  });
  return { root: element("div", { class: "stepper" }, buttons[0], text, buttons[1]), text };
}
