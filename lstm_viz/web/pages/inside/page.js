// Inside the cell: one step of one unit, as a drawing and as equations, with every number.
//
// The server sends all steps at once. Stepping, playing, hovering and the notation act on what is here; the server hears
// of a choice only to remember it, and answers with new numbers where it knows of more than the browser has.
import { changes, element } from "../../core/dom.js";
import { neighbour } from "../../core/keys.js";
import { mounted } from "../../live/mount.js";
import { buildDiagram } from "../../draw/diagram.js";
import { buildUnrolled } from "./chain.js";
import { buildEquations, largestTerms } from "./equations.js";
import { linkSymbols } from "./linking.js";
import { buildPlayer } from "./player.js";
import { buildReference } from "./reference.js";
import { buildControls } from "./step_controls.js";
import { buildStory } from "./story.js";
import { buildEditor } from "../../parts/editor.js";

const SETTLED = 200; // milliseconds without another move before the server hears of one
const HEIGHT = { flat: 190, full: 372 };

export default mounted("lv-inside", build);

function build({ root, state, tell, set, ask, signal }) {
  // page, numbers: what was sent once, for the steps from `first` on, and its key; stage: the one on show; staged: while playing
  Object.assign(state, { page: null, numbers: {}, first: 0, key: "", stage: null, staged: false });
  const [drawing, naming, writing] = [changes(), changes(), changes()]; // what need not be built again for every text
  let stagesShown = false;

  const editor = buildEditor(tell);
  const unrolled = buildUnrolled((step) => choose(step, state.unit));
  const diagram = buildDiagram();
  const equations = buildEquations((unit) => choose(state.step, unit));
  const player = buildPlayer({
    stages: () => state.page.stages.length,
    isLast: () => state.step >= state.header.steps - 1,
    next: () => move({ step: 1, keep: true }),
    show: showStage,
    changed: () => controls.update(state, player),
    speed: () => Number(state.speed),
  });
  const controls = buildControls({ move, player, choose: pick, look, tell, set });
  const reference = buildReference();
  const story = element("p", { class: "story caption", "aria-live": "polite" });
  const figure = element("section", { class: "figure", "aria-label": "The cell" }, diagram.root, controls.stages, story);
  const formulas = element("section", { class: "numbers", "aria-label": "Equations" }, equations.root);
  const workspace = element("div", { class: "cell-workspace" }, figure, formulas);
  const more = element("div", { class: "more" }, editor.root.querySelector(".examples"));
  const row = element("div", { class: "row" }, unrolled.root, controls.choices);
  root.append(editor.root, row, controls.root, workspace, more, reference.root);
  linkSymbols(workspace);

  const onSpace = (event) => {
    const target = event.composedPath()[0];
    if (event.key !== " " || !state.page || target.matches?.("input, textarea, select, button, summary, a, [contenteditable]")) return;
    player.toggle();
    event.preventDefault();
  };
  document.addEventListener("keydown", onSpace, { signal });
  signal.addEventListener("abort", () => player.pause());

  function choices(header) {
    Object.assign(state, { notation: header.notation, speed: header.speed });
    controls.choose(header);
  }

  function draw() {
    const { header } = state;
    if (header.sheet) {
      const { sheet, order, themes, first, key } = header;
      Object.assign(state, { page: { ...sheet, order, themes }, numbers: state.arrays, first, key });
    }
    if (!header.key) state.page = null;
    const empty = !state.page;
    for (const node of [unrolled.root, controls.root, figure, formulas, reference.root]) node.hidden = empty;
    if (empty) {
      controls.choose(header); // another task may have a text
      return player.stop();
    }
    lay();
    name();
    // After a reload the server may believe that this browser still has the numbers.
    if (header.key !== state.key) ask();
  }

  function lay() {
    const { page, theme, width } = state;
    unrolled.lay(page, state.first, width);
    // Another text changes numbers; the drawing and the lines of the equations stay.
    drawing.when([page.title, page.parts, page.wires, page.groups, page.forks, page.stages, theme, width], () => {
      const rows = Math.max(...page.parts.map((part) => part.place[1]));
      diagram.lay(page, figure.clientWidth, rows < 3 ? HEIGHT.flat : HEIGHT.full, theme);
    });
  }

  function name() {
    const { page, theme, notation, header } = state;
    const symbols = page.symbols[notation];
    diagram.name(symbols, page.groupedIn.includes(notation));
    naming.when([page.notes, page.quantities, page.symbols, notation], () => reference.update(page, header.notations, notation));
    writing.when([page.lines, page.links, symbols, theme], () => equations.lay({ page, symbols, colours: page.themes[theme].lines }));
    drawUnit();
  }

  function drawUnit() {
    unrolled.paint(state);
    drawStep();
  }

  // Everything that follows the step.
  function drawStep() {
    const { page, numbers, unit, theme, step, first } = state;
    const index = step - first;
    root.classList.toggle("waiting", index < 0 || index >= page.labels.length);
    if (index < 0 || index >= page.labels.length) return;
    const rowOf = (array) => (array.shape[0] === 1 ? 0 : index);
    const cellOf = (name) => numbers[name].values[rowOf(numbers[name]) * numbers[name].shape[1] + unit];
    const read = {
      value: cellOf,
      digits: (quantity, stage) => (Math.abs(cellOf(`digits ${quantity}`)) >> (4 * stage)) & 15,
      holds: (quantity) => cellOf(`digits ${quantity}`) > 0,
    };
    diagram.paint({ page, arrays: numbers, rowOf, unit, theme });
    const terms = (name, sources) => largestTerms(sources.map((source) => weighed(name, source, unit, rowOf)));
    equations.update(read, terms);
    unrolled.mark(index);
    controls.update(state, player);
    state.story = buildStory(page, read, `Step ${step}, “${page.labels[index]}”, unit ${unit}`);
    tellStory();
    paintStage();
    root.setAttribute("data-step", step);
  }

  function weighed(name, source, unit, rowOf) {
    const weights = state.numbers[`weights of ${source} for ${name}`];
    const width = weights.shape[1];
    const values = state.numbers[source];
    const start = rowOf(values) * values.shape[1];
    return { source, weights: weights.values.subarray(unit * width, (unit + 1) * width), values: values.values.subarray(start, start + width) };
  }

  function tellStory() {
    const { story: sentences, stage, page } = state;
    const untold = page.stages.findIndex(({ says }) => says);
    story.textContent = stage === null ? sentences.slice(untold).join(" ") : sentences[stage];
    diagram.picture.setAttribute("aria-label", `${page.title}. ${sentences.join(" ")}`);
  }

  function showStage(stage, playing = false) {
    Object.assign(state, { stage, staged: playing });
    if (!state.page) return;
    tellStory();
    paintStage();
    controls.update(state, player);
  }

  // While a step is played, what is still to come is faint; a stage that is only looked at is made to stand out.
  function paintStage() {
    const { stage, staged } = state;
    if (stage === null && !stagesShown) return;
    stagesShown = stage !== null;
    root.classList.toggle("playing", stage !== null && staged);
    root.classList.toggle("looking", stage !== null && !staged);
    for (const node of workspace.querySelectorAll("[data-stage]")) {
      const own = Number(node.dataset.stage);
      node.classList.toggle("now", stage !== null && own === stage);
      node.classList.toggle("future", stage !== null && own > stage);
    }
  }

  function look(k) {
    if (player.playing) player.pause();
    showStage(state.stage === k && !state.staged ? null : k);
  }

  function choose(step, unit) {
    if (step === state.step && unit === state.unit) return;
    const another = unit !== state.unit;
    Object.assign(state, { step, unit });
    if (another) drawUnit();
    else drawStep();
    const here = step >= state.first && step < state.first + state.page.labels.length;
    set({ step, unit }, here ? SETTLED : 0);
  }

  function move({ step = 0, row: rows = 0, keep = false }) {
    if (!state.page) return;
    if (!keep && player.playing) player.stop();
    if (!keep && state.staged) showStage(null);
    choose(...neighbour(state, { step, row: rows }, state.page.order));
  }

  // Choices that the browser can carry out by itself.
  function pick(choice, value) {
    state[choice] = value;
    name();
    set({ [choice]: value });
  }

  return { editor, move, choices, draw, has: () => ({ page: state.key }) };
}
