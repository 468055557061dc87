// Inside the cell: one step of one unit, as a drawing and as equations, with every number.
//
// The server sends all steps at once. Stepping, playing, hovering and the notation act on what is here; the server hears
// of a choice only to remember it, and answers with new numbers where it knows of more than the browser has.
import { setAddress } from "./address.js";
import { themeOf } from "./colour.js";
import { buildDiagram } from "./diagram.js";
import { element } from "./dom.js";
import { buildEditor } from "./editor.js";
import { buildEquations, largestTerms } from "./equations.js";
import { buildControls } from "./controls.js";
import { linkSymbols } from "./linking.js";
import { outbox } from "./outbox.js";
import { unpack } from "./payload.js";
import { buildPlayer } from "./player.js";
import { listen } from "./pointer.js";
import { buildReference } from "./reference.js";
import { buildStory } from "./story.js";
import { buildUnrolled } from "./unrolled.js";

const views = new WeakMap();
const SETTLED = 200; // milliseconds without another move before the server hears of one

export default function inside({ parentElement, data, setStateValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = build(parentElement, (message) => setStateValue("message", message));
    views.set(parentElement, view);
  }
  view.update(data);
  return view.close;
}

function build(parent, send) {
  const root = element("div", { class: "lv-live lv-inside" });
  // local: choices that the server has not confirmed yet
  const state = { header: null, page: null, arrays: {}, local: {}, edits: 0, theme: "light", first: 0, stage: null };
  let mail = null;
  let settling = 0;
  let stagesShown = false;
  const tell = (changes) => {
    if ("task" in changes) {
      // Where to look in another task's text, the server knows.
      clearTimeout(settling);
      state.local = {};
    }
    mail.put(state.edits, { ...changes, has: state.page?.key ?? "" });
  };
  const onText = (text) => {
    state.edits += 1;
    delete state.local.step;
    tell({ text });
  };

  const editor = buildEditor(onText, onText, (degrees) => tell({ text: editor.area.value, degrees }));
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
  const controls = buildControls({ move, player, set, look: (k) => look(k), tell });
  const reference = buildReference();
  const story = element("p", { class: "story caption", "aria-live": "polite" });
  const figure = element("section", { class: "figure", "aria-label": "The cell" }, diagram.root, controls.stages, story);
  const numbers = element("section", { class: "numbers", "aria-label": "Equations" }, equations.root);
  const workspace = element("div", { class: "cell-workspace" }, figure, numbers);
  const tip = element("div", { class: "tip", hidden: "" });
  const more = element("div", { class: "more" }, editor.root.querySelector(".examples"));
  const row = element("div", { class: "row" }, unrolled.root, controls.choices);
  root.append(editor.root, row, controls.root, workspace, more, reference.root, tip);
  parent.append(root);

  const stopLinking = linkSymbols(workspace);
  const axis = { labels: [], edges: [0] };
  const keys = { root, workspace: element("div"), tip, editor, choose, move, describe: () => [] };
  const stopListening = listen({ ...keys, state: { get header() { return state.header && { ...state.header, axis }; } } });
  const onSpace = (event) => {
    const target = event.composedPath()[0];
    if (event.key !== " " || !state.page || target.matches?.("input, textarea, select, button, summary, a, [contenteditable]")) return;
    player.toggle();
    event.preventDefault();
  };
  document.addEventListener("keydown", onSpace);
  const resized = new ResizeObserver(() => state.page && lay());
  resized.observe(figure);

  function update(bytes) {
    const { header, arrays } = unpack(bytes);
    if (!mail) {
      mail = outbox(send, header.received);
      state.edits = header.edits;
    }
    state.header = header;
    const fresh = "parts" in header;
    if (fresh) Object.assign(state, { page: header, arrays, first: header.first });
    if (!header.key) state.page = null;
    confirm();
    editor.update(header, header.edits === state.edits, arrays.series);
    setAddress(header.query);
    const theme = themeOf(root);
    const changed = fresh || theme !== state.theme;
    state.theme = theme;
    const empty = !state.page;
    for (const node of [unrolled.root, controls.root, figure, numbers, reference.root]) node.hidden = empty;
    if (empty) player.stop();
    else if (changed) lay();
    else draw();
    root.setAttribute("data-painted", header.edits);
    mail.answer(header.received);
    // After a reload the server may believe that this browser still has the numbers.
    if (header.key && header.key !== state.page?.key) tell({});
  }

  // What was chosen here holds until the server says the same.
  function confirm() {
    const { header, local } = state;
    const said = { ...header.chosen, notation: header.notation, speed: header.speed };
    for (const name of Object.keys(said)) {
      if (local[name] === said[name]) delete local[name];
      state[name] = local[name] ?? said[name];
    }
    state.step = Math.min(state.step, Math.max(0, header.steps - 1));
  }

  function lay() {
    const { page, theme } = state;
    root.style.setProperty("--muted", page.themes[theme].muted);
    const rows = Math.max(...page.parts.map((part) => part.place[1]));
    diagram.lay(page, figure.clientWidth, rows < 3 ? 190 : 372, theme);
    unrolled.lay(page, state.first);
    draw();
  }

  function draw() {
    const { page, theme, unit, arrays, notation, header } = state;
    const symbols = page.symbols[notation];
    diagram.name(symbols, page.groupedIn.includes(notation));
    unrolled.paint({ page, arrays, unit, theme });
    reference.update(page, header.notations, notation);
    equations.lay({ page, symbols, colours: page.themes[theme].lines });
    drawStep();
  }

  // Everything that follows the step.
  function drawStep() {
    const { page, arrays, unit, theme, step, first } = state;
    const index = step - first;
    root.classList.toggle("waiting", index < 0 || index >= page.labels.length);
    if (index < 0 || index >= page.labels.length) return;
    const rowOf = (array) => (array.shape[0] === 1 ? 0 : index);
    const cellOf = (name) => arrays[name].values[rowOf(arrays[name]) * arrays[name].shape[1] + unit];
    const read = {
      value: cellOf,
      digits: (quantity, stage) => (Math.abs(cellOf(`digits ${quantity}`)) >> (4 * stage)) & 15,
      holds: (quantity) => cellOf(`digits ${quantity}`) > 0,
    };
    diagram.paint({ page, arrays, rowOf, unit, theme });
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
    const weights = state.arrays[`weights of ${source} for ${name}`];
    const width = weights.shape[1];
    const values = state.arrays[source];
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
    const otherUnit = unit !== state.unit;
    Object.assign(state, { step, unit });
    Object.assign(state.local, { step, unit });
    if (otherUnit) unrolled.paint({ ...state });
    drawStep();
    clearTimeout(settling);
    const away = step - state.first;
    if (away < 0 || away >= state.page.labels.length) tell({ step, unit });
    else settling = setTimeout(() => tell({ step, unit }), SETTLED);
  }

  function move({ step = 0, row = 0, keep = false }) {
    const { header, page } = state;
    if (!page) return;
    if (!keep && player.playing) player.stop();
    if (!keep && state.staged) showStage(null);
    const next = Math.min(header.steps - 1, Math.max(0, state.step + step));
    const place = page.order.indexOf(state.unit) + row;
    choose(next, row ? page.order[Math.min(page.order.length - 1, Math.max(0, place))] : state.unit);
  }

  // Choices that the browser can carry out by itself.
  function set(name, value) {
    state[name] = value;
    state.local[name] = value;
    draw();
    tell({ [name]: value });
  }

  return {
    update,
    close() {
      player.pause();
      clearTimeout(settling);
      stopListening();
      stopLinking();
      document.removeEventListener("keydown", onSpace);
      resized.disconnect();
      mail?.close();
      views.delete(parent);
      root.remove();
    },
  };
}
