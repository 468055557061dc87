// Inside the cell: one step of one unit, as a drawing and as equations, with every number.
//
// The numbers come from numbers.js, of the chosen step, or from a server that sends those of many steps at once. Either
// way stepping, playing, hovering and the notation act on what is here, and the server hears of a choice to remember it.
import { changes, element, part, whenIdle } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { sentenceOf } from "../../core/heard.js";
import { neighbour } from "../../core/keys.js";
import { lettersAreKeys } from "../../core/letters.js";
import { presented, screenHeight } from "../../core/presented.js";
import { voice } from "../../core/said.js";
import { mounted } from "../../live/mount.js";
import { buildDiagram } from "../../draw/diagram.js";
import { buildUnrolled } from "./chain.js";
import { buildEquations, largestTerms } from "./equations.js";
import { linkSymbols } from "./linking.js";
import { buildFromInput } from "./from_input.js";
import { buildPlayer } from "./player.js";
import { buildReference } from "./reference.js";
import { inSense } from "./sense.js";
import { buildControls } from "./step_controls.js";
import { buildStory } from "./story.js";
import { buildEditor } from "../../parts/editor.js";
import { buildPageLink } from "../../parts/page_link.js";

const SETTLED = 200; // milliseconds without another move before the server hears of one
const OWN_KEYS = "input, textarea, select, [contenteditable]";
const HEIGHT = { flat: 190, full: 372 };
const [MAGNIFIED, BESIDE] = [1.32, 266]; // of the drawing, in page.css; pixels of all else on a screen

export default mounted("inside", build);

// Magnified for a lecture hall, the drawing leaves room for what is said of a stage.
function heightOf() {
  return presented() ? Math.max(300, Math.min(HEIGHT.full, (screenHeight() - BESIDE) / MAGNIFIED)) : HEIGHT.full;
}


export function build({ root, state, tell, set, ask, signal }) {
  // page: the drawing and the equations, null where there is nothing to show; held: the numbers { first, labels, unknown,
  // rows, answers, backward, limits, arrays, key, step } as the notation means them, with the labels and the states of the
  // steps from `first` on, and of everything else one row a step as well, or one row that is for `step`; plain: the same
  // as they came; stage: the one on show; staged: while playing
  Object.assign(state, { page: null, plain: null, held: null, stage: null, staged: false });
  let drawn = ""; // the step and the unit on show
  const [drawing, naming, writing] = [changes(), changes(), changes()]; // what need not be built again for every text
  let stagesShown = false;

  const editor = buildEditor(tell);
  const unrolled = buildUnrolled((step) => choose(step, state.unit));
  const diagram = buildDiagram();
  const equations = buildEquations((unit) => choose(state.step, unit), (quantity) => tellOf(quantity));
  const fromInput = buildFromInput((quantity) => pick("weighed", quantity), (unit) => choose(state.step, unit));
  const intro = part("introduction", element("p", { class: "intro help" }));
  const player = buildPlayer({
    stages: () => state.page.stages.length,
    isLast: () => state.step >= state.header.steps - 1,
    next: () => move({ step: 1, keep: true }),
    show: showStage,
    changed: () => (controls.update(state, player), player.playing || voice().later(says)),
    speed: () => Number(state.speed),
  });
  const controls = buildControls({ move, player, choose: pick, look, tell, set });
  const reference = buildReference();
  const back = buildPageLink("", "This unit over all steps, among all units");
  const story = part("story", element("p", { class: "story help" }));
  const figure = element("section", { class: "figure", "aria-label": "The cell" }, part("drawing", diagram.root), part("drawing", diagram.rest), part("stages", controls.stages), story, back.root);
  const formulas = part("equations", element("section", { class: "numbers", "aria-label": "Equations" }, equations.root));
  const workspace = element("div", { class: "cell-workspace" }, figure, formulas);
  const more = element("div", { class: "more" }, editor.root.querySelector(".examples"));
  const row = element("div", { class: "row" }, part("chain", unrolled.root), part("menu", controls.choices));
  root.append(intro, editor.root, row, part("controls", controls.root), workspace, part("weighed", fromInput.root), more, part("reference", reference.root));
  linkSymbols(workspace);

  const onKey = (event) => {
    const target = event.composedPath()[0];
    if (!state.page || event.ctrlKey || event.metaKey || event.altKey || target.matches?.(OWN_KEYS)) return;
    if (event.key === " " && !target.matches?.("button, summary, a")) player.toggle();
    else if (event.key.toLowerCase() === "s" && lettersAreKeys()) lookOn(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  };
  document.addEventListener("keydown", onKey, { signal });
  signal.addEventListener("abort", () => player.pause());

  function choices(header) {
    Object.assign(state, { notation: header.notation, speed: header.speed, weighed: header.weighed });
    if (!state.staged) state.stage = stageIn(stagesOf(header, header.notation), header.stage);
    controls.choose(header);
  }

  function draw() {
    const { header } = state;
    take();
    state.page = header.steps && state.held ? { ...sheetIn(header, state.notation), stages: stagesOf(header, state.notation), order: header.order, themes: header.themes } : null;
    intro.textContent = header.intro;
    const empty = !state.page;
    for (const node of [unrolled.root, controls.root, figure, formulas, fromInput.root, reference.root]) node.hidden = empty;
    if (empty) {
      controls.choose(header); // another task may have a text
      return player.stop();
    }
    lay();
    name();
  }

  // Takes the numbers that have come. After a reload the server may believe that this browser still has those of a key.
  function take() {
    const { header, arrays, plain } = state;
    if (header.labels) {
      const { first, labels, unknown, rows, answers, backward, limits, key, chosen } = header;
      state.plain = { first, labels, unknown, rows, answers, backward, limits, arrays, key, step: chosen.step };
    } else if (header.key && header.key !== plain?.key) {
      state.plain = null;
      ask();
    }
    state.held = state.plain && inSense(oppositeIn(header, state.notation), state.plain);
  }

  // What follows the chosen step and unit alone is new.
  function chosen() {
    if (!state.page) return draw();
    take();
    unrolled.lay(state.page, state.held, state.width);
    drawUnit();
  }

  function lay() {
    const { page, held, theme, width } = state;
    unrolled.lay(page, held, width);
    // Another text changes numbers; the drawing and the lines of the equations stay.
    drawing.when([page.title, page.parts, page.wires, page.groups, page.forks, page.stages, page.readOut, theme, width], () => {
      const rows = Math.max(...page.parts.map((part) => part.place[1]));
      diagram.lay(page, figure.clientWidth, rows < 3 ? HEIGHT.flat : heightOf(), theme);
    });
  }

  function name() {
    const { page, theme, notation, header } = state;
    const symbols = page.symbols[notation];
    diagram.name(symbols, page.groupedIn.includes(notation));
    naming.when([page.notes, page.quantities, page.symbols, notation], () => reference.update(page, header.notations, notation));
    writing.when([page.lines, page.links, symbols, theme], () => equations.lay({ page, notation, symbols, colours: page.themes[theme].lines }));
    drawUnit();
  }

  function drawUnit() {
    unrolled.paint(state);
    drawStep();
  }

  // Whether the numbers of a step are here.
  function has(step) {
    const { page, held } = state;
    if (oneStep(page, held)) return step === held.step;
    return step >= held.first && step < held.first + held.labels.length;
  }

  // Everything that follows the step.
  function drawStep() {
    const { header, page, held, unit, theme, step } = state;
    const there = has(step);
    root.classList.toggle("waiting", !there);
    if (!there) {
      drawn = "";
      return;
    }
    const { arrays, limits, first, labels } = held;
    const rowOf = (array) => (array.shape[0] === 1 ? 0 : step - first);
    const cellOf = (name) => arrays[name].values[rowOf(arrays[name]) * arrays[name].shape[1] + unit];
    const read = {
      value: cellOf,
      digits: (quantity, stage) => (Math.abs(cellOf(`digits ${quantity}`)) >> (4 * stage)) & 15,
      holds: (quantity) => cellOf(`digits ${quantity}`) > 0,
      size: (name) => arrays[name].shape[1],
    };
    diagram.paint({ page, arrays, limits, rowOf, unit, theme });
    const answer = header.readOut && answerIn(header.readOut, held.answers[held.answers.length === 1 ? 0 : step - first], read);
    diagram.read({ label: `“${labels[step - first]}”`, answer, inputs: rowOfInputs(arrays, rowOf), limits: limits.inputs, scale: page.themes[theme].scales.signed });
    const terms = (name, sources) => largestTerms(sources.map((source) => weighed(name, source, unit, rowOf)));
    equations.update(read, terms);
    unrolled.mark(step - first);
    controls.update(state, player);
    state.story = buildStory(page, read, `Step ${step}, “${labels[step - first]}”, unit ${unit}`, answer);
    state.told = { read, rowOf };
    drawFromInput();
    tellStory();
    paintStage();
    back.update(state.header, state);
    drawn = `${step} ${unit}`;
    root.setAttribute("data-step", step);
  }

  // It lies below what one looks at first, so it need not keep up with a fast typist.
  const drawFromInput = whenIdle(() => {
    const { header, page, held, unit, theme, step, notation, weighed: quantity, stage, staged, told } = state;
    if (!page || !has(step)) return;
    const { first, labels, rows, unknown, arrays, limits } = held;
    const k = step - first;
    fromInput.update({
      ...{ page, notation, symbols: page.symbols[notation], colours: page.themes[theme].lines, scale: page.themes[theme].scales.signed },
      ...{ limits: limits.inputs, weighed: quantity, stage: staged ? null : stage, arriving: header.arriving, read: told.read },
      at: { label: labels[k], row: rows[k] ?? 0, unknown: unknown.includes(k), unit },
      inputs: rowOfInputs(arrays, told.rowOf),
      listed: (name, source) => weighed(name, source, unit, told.rowOf),
    });
  });

  function tellOf(quantity) {
    pick("weighed", quantity);
    fromInput.root.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  function weighed(name, source, unit, rowOf) {
    const weights = state.held.arrays[`weights of ${source} for ${name}`];
    const [rows, width] = weights.shape;
    const row = rows === 1 ? 0 : unit; // of a large layer the server sends those of the chosen unit alone
    const values = state.held.arrays[source];
    const start = rowOf(values) * values.shape[1];
    return { source, weights: weights.values.subarray(row * width, (row + 1) * width), values: values.values.subarray(start, start + width) };
  }

  function tellStory() {
    const { story: sentences, stage, page } = state;
    const told = sentences.filter((_, k) => page.stages[k].says);
    story.textContent = stage === null ? told.join(" ") : sentences[stage];
    diagram.picture.setAttribute("aria-label", `${page.title}. ${sentences.join(" ")}`);
  }

  function showStage(stage, playing = false) {
    const looked = state.stage !== null && !state.staged;
    Object.assign(state, { stage, staged: playing });
    if (!state.page) return;
    tellStory();
    paintStage();
    controls.update(state, player);
    drawFromInput();
    if (stage !== null && !playing) voice().later(() => story.textContent);
    if (playing && looked) remember();
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
      node.classList.toggle("now", stage !== null && (staged ? own === stage : node.dataset.lit.split(" ").includes(String(stage))));
      node.classList.toggle("future", stage !== null && own > stage);
    }
    const cited = stage === null || staged ? [] : state.page.stages[stage].cited;
    for (const node of workspace.querySelectorAll(".number, .in-numbers [data-key]")) node.classList.toggle("cited", cited.includes(node.dataset.key));
  }

  function look(k) {
    if (player.playing) player.pause();
    showStage(state.stage === k && !state.staged ? null : k);
    remember();
  }

  // Through the stages one after the other, and past either end back to all of them.
  function lookOn(by) {
    const { stages } = state.page;
    const next = state.stage === null ? (by > 0 ? 0 : stages.length - 1) : state.stage + by;
    if (player.playing) player.pause();
    showStage(next in stages ? next : null);
    remember();
  }

  // In a presentation: the stages one after the other, then the next step. It goes back the same way.
  function stepOn(by) {
    if (!state.page) return false;
    const last = state.page.stages.length - 1;
    const next = state.stage === null || state.staged ? (by > 0 ? 0 : -1) : state.stage + by;
    if (next >= 0 && next <= last) look(next);
    else {
      const from = state.step;
      move({ step: by });
      if (state.step === from) return false;
      if (player.playing) player.pause();
      showStage(by > 0 ? 0 : last);
      remember();
    }
    return true;
  }

  function remember() {
    const { stage, page, staged } = state;
    set({ stage: stage === null || staged ? "" : page.stages[stage].name });
  }

  function choose(step, unit) {
    if (step === state.step && unit === state.unit) return;
    const another = unit !== state.unit;
    Object.assign(state, { step, unit });
    // Where the numbers are made here, they may be there, and drawn, by the time that the server is told.
    set({ step, unit }, has(step) ? SETTLED : 0);
    if (drawn === `${step} ${unit}`) return;
    if (another) drawUnit();
    else drawStep();
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
    if (state.header.sheet.opposite) draw();
    else name();
    set({ [choice]: value });
  }

  // A step is a link of the chain, a quantity its box and its equation.
  function lights({ kind, value }) {
    if (kind === "step") return unrolled.linkOf(value);
    return kind === "quantity" ? [...workspace.querySelectorAll(`.part[data-key="${value}"], [data-line="${value}"]`)] : null;
  }

  function says() {
    const { held, step, unit } = state;
    // Nobody could listen as fast as it plays.
    const here = !player.playing && state.page && has(step) ? [`“${held.labels[step - held.first]}”`] : [];
    return here.length ? `${sentenceOf(step, [...here, `unit ${unit}`])}. ${story.textContent}` : "";
  }

  return { editor, move, stepOn, choices, draw, chosen, says, gist: says, lights, has: () => ({ page: state.plain?.key ?? "" }) };
}

// The drawing and the equations in a notation, which may define a gate the other way round.
function sheetIn(header, notation) {
  return oppositeIn(header, notation)?.sheet ?? header.sheet;
}

function oppositeIn({ sheet }, notation) {
  return sheet.opposite?.notations.includes(notation) ? sheet.opposite : null;
}

// The place of a stage among a cell's, null where it has none of that name.
function stageIn(stages, name) {
  const found = stages.findIndex((stage) => stage.name === name);
  return found < 0 ? null : found;
}

// A cell's stages, and the one in which the answer is read, where it is read from this layer.
function stagesOf(header, notation) {
  const { stages } = sheetIn(header, notation);
  return header.readOut ? stages : stages.filter(({ name }) => name !== "answer");
}

// What is read after a step, as it is shown and as it is told.
function answerIn({ label, says, unit, decimals }, [name, value], read) {
  const shown = `${number(value, decimals)}${unit}`;
  const filled = (text) => text.replaceAll("{name}", name).replace("{value}", shown).replace("{size}", read.size("hidden_state"));
  return { name: filled(label), value: shown, says: filled(says) };
}

function rowOfInputs({ inputs }, rowOf) {
  const [width, values] = [inputs.shape[1], inputs.values];
  const start = rowOf(inputs) * width;
  return values.subarray(start, start + width);
}

// Whether the numbers are those of one step.
function oneStep(page, { arrays }) {
  return arrays[`digits ${page.lines[0].quantity}`].shape[0] === 1;
}
