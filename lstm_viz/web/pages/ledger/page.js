// The memory ledger: what the memory is made of at each time, how each token's part of it fades, and what it does.
import { noteOf } from "../../analysis/axis.js";
import { element, part, replace } from "../../core/dom.js";
import { compact, number } from "../../core/format.js";
import { clamp, columnOf, columnWidth, within } from "../../core/geometry.js";
import { hearMaps, sentenceOf } from "../../core/heard.js";
import { mounted } from "../../live/mount.js";
import { at } from "../../core/payload.js";
import { mapRoom, presented } from "../../core/presented.js";
import { followPointer } from "../../core/pointer.js";
import { drawAxis } from "../../draw/axis.js";
import { drawHeatmap } from "../../draw/heatmap.js";
import { drawBars, drawLines } from "../../draw/lines.js";
import { drawStack } from "../../draw/stack.js";
import { buildAttention } from "./attention.js";
import { buildNoLedger } from "./no_ledger.js";
import { buildPanel } from "./panel.js";
import { choice } from "../../parts/choice.js";
import { buildEditor } from "../../parts/editor.js";
import { buildMenu } from "../../parts/menu.js";
import { buildNumbers } from "../../parts/numbers_table.js";
import { buildToolbar } from "../../parts/toolbar.js";
import { buildTrack, colourScale, labelPlain, setCaption } from "../../parts/track.js";
import { buildWorkspace } from "../../parts/workspace.js";

const HEIGHT = { makeup: 84, weights: 84, contents: 64, fading: 84, stack: 190, split: 110 };
const IN_A_HALL = { makeup: 230, weights: 260, contents: 150, fading: 230, stack: 500, split: 420 }; // where each has the screen to itself
const heightOf = (name) => (presented() ? IN_A_HALL : HEIGHT)[name];
export default mounted("ledger", build);

export function build({ root, state, tell, set }) {
  state.source = 0; // the step that is followed as a source
  let wanted = "unit"; // what is to be shown: one unit, or all
  let drawnUnit = -1; // the unit of the map
  let stacked = []; // what the stack was drawn of
  const menu = buildMenu(tell, set);
  const editor = buildEditor(tell);
  const scope = choice("Show", (value) => {
    wanted = value;
    set({ overall: value === "all" });
  });
  const notation = choice("Symbols", (value) => set({ notation: value }));
  const toolbar = buildToolbar(element("h2", {}, "What the memory is made of"), scope.root, notation.root);
  const axis = buildTrack("axis", "tokens");
  const map = buildTrack("heatmap", "map");
  const rows = element("div", { class: "sources" });
  const makeup = buildTrack("chart", "makeup");
  const attention = buildAttention((column) => choose(state.step, sourceIn(column), state.unit));
  const fading = buildTrack("chart", "fading");
  const stack = buildTrack("chart", "stack");
  const share = buildTrack("chart", "split");
  for (const { caption } of [makeup, attention.weights, fading, share]) caption.classList.add("of-choice");
  stack.root.classList.add("stack-track");
  map.plot.append(rows);
  const title = element("h2", { class: "part-title" }, "From the memory to the answer");
  const why = element("p", { class: "lead-in" });
  const tracks = element("div", { class: "tracks" }, part("tokens", axis.root), part("memory_map", map.root), part("makeup", makeup.root), part("attention", attention.root), part("fading", fading.root), part("stack", stack.root));
  tracks.append(...[title, why, share.root].map((node) => part("split", node)));
  const bySource = [makeup, attention.weights, attention.contents, share];
  const panel = buildPanel(move, (by) => choose(state.step, state.source, clamp(state.unit + by, state.header.units)));
  const numbers = buildNumbers(set);
  const workspace = buildWorkspace(panel.root, tracks);
  const noLedger = buildNoLedger((cell) => tell(["cell", cell]));
  root.append(menu.root, editor.root, toolbar, noLedger.root, workspace, numbers.root);
  // Rows of the map are source steps: where a click has no row, the source stays.
  const sources = { get row() { return state.row; }, get unit() { return sourceColumn(); } };
  const point = followPointer({ root, workspace, state, rows: sources, choose: (step, column) => choose(step, sourceIn(column), state.unit), describe });
  const hear = hearMaps({ workspace: map.root, state, describe, move, rowOf: () => sourceColumn(), about: { title: "What the memory is made of", across: "time read", down: "step that put it in" } });
  for (const { plot } of bySource) {
    // Their columns are source steps, not times.
    plot.onclick = (event) => {
      const column = Math.floor(within(plot, event)[0] / state.column);
      choose(state.step, sourceIn(clamp(column, state.header.order.length)), state.unit);
      event.stopPropagation();
    };
  }

  function choices(header) {
    numbers.choose(header.table);
    wanted = header.overall ? "all" : "unit";
    notation.update(header.notations, header.settings.notation);
  }

  function draw() {
    const { header } = state;
    noLedger.update(header, state.theme);
    const empty = !state.arrays.map || !header.memory;
    workspace.hidden = numbers.root.hidden = empty;
    toolbar.hidden = empty;
    if (empty) return;
    state.source = clamp(state.source, header.steps);
    drawnUnit = header.chosen.unit;
    layOut();
    drawFixed();
    drawChosen();
  }

  // What is new follows from the chosen step, source and unit alone.
  function chosen() {
    if (!workspace.hidden && state.header.chosen.unit === drawnUnit) drawChosen();
    else draw();
  }

  function layOut() {
    const { header } = state;
    const columns = header.axis.labels.length;
    state.column = columnWidth(axis.plot.parentElement.clientWidth || map.plot.parentElement.clientWidth, columns);
    const room = mapRoom([map.root]);
    state.row = room === null ? Math.max(2, Math.min(26, Math.floor(460 / columns))) : Math.max(2, Math.min(90, room / columns));
    root.style.setProperty("--column", `${state.column}px`);
    root.style.setProperty("--row", `${state.row}px`);
    root.style.setProperty("--columns", columns);
  }

  function drawFixed() {
    const { header, arrays, column, row } = state;
    const { memory, scale: { limits }, axis: { labels } } = header;
    const colours = header.themes[state.theme];
    const stops = colours.scales[memory.name];
    const shown = header.overall ? stops.slice((stops.length - 1) / 2).map(([place, hex]) => [2 * place - 1, hex]) : stops;
    const { why: unlike, letters, note } = header.axisWords;
    drawAxis(axis.picture, { ...header.axis, why: unlike, column, letters: letters && labels.length === header.steps });
    replace(axis.label, element("small", {}, noteOf(header.axis.edges, note) || "time, at which the memory is read →"));
    drawHeatmap(map.picture, arrays.map, header.order, limits, shown);
    map.picture.style.height = `${row * labels.length}px`;
    const every = Math.ceil(20 / row);
    replace(rows, ...labels.map((label, k) => {
      const token = element("span", {}, label);
      token.style.top = `${(k + 0.5) * row}px`;
      token.hidden = k % every !== 0;
      return token;
    }));
    replace(map.label, element("small", { class: "row-axis" }, "↓ step that put it in"), colourScale(limits, shown));
    setCaption(map, header.captions.map);
  }

  // What follows the chosen time and source. Pictures come from data already here, sentences when the server answers.
  function drawChosen() {
    const { header, step, unit } = state;
    const { chosen: here, axis: { labels, edges }, overall, unitTold } = header;
    const colours = header.themes[state.theme];
    const [time, source] = [columnOf(edges, step), sourceColumn()];
    const known = here.step === step && here.source === state.source && here.unit === unit;
    root.style.setProperty("--chosen", time);
    root.style.setProperty("--chosen-row", source);
    for (const { plot } of bySource) plot.style.setProperty("--chosen", source);
    rows.querySelectorAll("span").forEach((each, k) => each.classList.toggle("chosen", k === source));
    root.classList.toggle("waiting", !known);
    // Their sentences name a unit, and no step that is chosen.
    const another = unitTold !== unit;
    map.caption.classList.toggle("of-choice", another && !overall);
    stack.caption.classList.toggle("of-choice", another);
    scope.update([["unit", `unit ${unit}`], ["all", "all units, by size"]], wanted);
    drawMakeup(time, colours);
    attention.update({ ...state, time, source, colours, heightOf });
    drawFading(source, colours);
    drawStacked(source, colours);
    drawSplit(colours);
    numbers.update(tableOf);
    panel.update({ header, known, token: labels[time], sourceToken: labels[source], step, source: state.source, unit });
    hear();
  }

  function sourceColumn() {
    return columnOf(state.header.axis.edges, state.source);
  }

  // The source step that a column stands for: the one that is followed, or the first.
  function sourceIn(column) {
    return column === sourceColumn() ? state.source : state.header.axis.edges[column];
  }

  function drawMakeup(time, colours) {
    const { header: { scale: { limits: [low, high] }, captions, axis: { labels } }, arrays, column } = state;
    const made = labels.map((_, j) => at(arrays.map, time, j) || 0); // not a number where it is read later
    drawBars(makeup.picture, made, { column, height: heightOf("makeup"), low, high, middle: 0, colours: [colours.negative, colours.positive] });
    labelPlain(makeup, "Made of", `at “${labels[time]}”: what is left of each step`);
    setCaption(makeup, captions.makeup);
  }

  function drawFading(source, colours) {
    const { header: { memory: { name }, scale: { limits: [low, high] }, captions, axis: { labels } }, arrays, column } = state;
    const course = labels.map((_, t) => at(arrays.map, t, source));
    const ticks = low < 0 ? [low, 0, high] : [0, high];
    drawLines(fading.picture, [{ name, values: course, colour: colours.lines[name] }], { column, height: heightOf("fading"), low, high, ticks });
    labelPlain(fading, "Fading", `of what “${labels[source]}” put in`);
    setCaption(fading, captions.fading);
  }

  function drawStacked(source, colours) {
    const { header: { memory, scale, chosen: { unit }, captions, axis: { labels } }, arrays, column } = state;
    setCaption(stack, captions.stack);
    // A step in time changes nothing of it, and in a long text it is much to draw.
    const of = [arrays.unit, labels.join("\n"), source, column, heightOf("stack"), colours, memory.label];
    if (of.every((each, k) => each === stacked[k])) return;
    stacked = of;
    const options = { column, height: heightOf("stack"), reach: scale.reach, chosen: source, colour: colours.lines[memory.name], labels };
    const extent = drawStack(stack.picture, arrays.unit, arrays.memory, options);
    labelPlain(stack, `Unit ${unit}, stacked`, `${memory.label.toLowerCase()} by the step that put it in; the coloured part is “${labels[source]}”`, `±${extent}`);
  }

  function drawSplit(colours) {
    const { header: { split, answer, captions, chosen: { step }, axis: { labels, edges } }, arrays, column } = state;
    for (const node of [title, why, share.root]) node.hidden = !split;
    if (!split) return;
    const told = (text) => filled(text, split.labels);
    drawBars(share.picture, arrays.split.values, { column, height: heightOf("split"), low: -split.end, high: split.end, middle: 0, colours: [colours.negative, colours.positive] });
    labelPlain(share, "Share of the answer", `${told(answer.title)}, after “${labels[columnOf(edges, step)]}”`, `↑ ${told(answer.high)}`, `↓ ${told(answer.low)}`, `±${compact(split.end)}`);
    share.label.append(element("strong", {}, number(split.total)), element("small", {}, `${told(answer.shown)} = ${number(split.prediction, 3)}`));
    setCaption(share, captions.split);
    why.textContent = told(answer.meaning);
  }

  function tableOf() {
    const { header: { attention: row, axis: { labels, edges }, split, answer, memory, overall }, arrays, step, unit } = state;
    const time = columnOf(edges, step);
    const left = (t, j) => at(arrays.map, t, j);
    const weights = arrays.weights.values;
    const rows = labels.map((label, j) => [label, String(edges[j]), left(j, j), left(time, j), left(labels.length - 1, j), Number.isNaN(left(time, j)) ? NaN : weights[j]]);
    rows.push(["initial state", "", NaN, arrays.initial.values[time], arrays.initial.values[labels.length - 1], row.initial]);
    const heads = ["put in at", "step", "put in", `left at “${labels[time]}”`, "left at the end", `weight at “${labels[time]}”`];
    if (split) {
      heads.push(`share of ${filled(answer.title, split.labels)}`);
      [...arrays.split.values, split.initial].forEach((value, k) => rows[k].push(value));
      rows.push(["always there", "", NaN, NaN, NaN, NaN, split.bias]);
      if (split.empty) rows.push(["shown of an empty memory", "", NaN, NaN, NaN, NaN, split.empty]);
    }
    const what = overall ? `mean size of the ${memory.label.toLowerCase()} over all units` : `${memory.label} of unit ${unit}`;
    rows.push([`together: ${what}`, "", NaN, ...heads.slice(3).map((_, k) => rows.reduce((sum, row) => sum + (row[3 + k] || 0), 0))]);
    return { heads, rows };
  }

  function choose(step, source, unit) {
    if (step === state.step && source === state.source && unit === state.unit) return;
    Object.assign(state, { step, source, unit });
    set({ step, unit, source });
    const { chosen: here } = state.header;
    // Where its numbers are not there yet, what is here is drawn.
    if (here.step !== step || here.source !== source || here.unit !== unit) drawChosen();
  }

  function move({ step = 0, row = 0 }) {
    choose(clamp(state.step + step, state.header.steps), sourceIn(clamp(sourceColumn() + row, state.header.order.length)), state.unit);
  }

  function describe(column, name, row) {
    const { header, arrays } = state;
    const labels = header.axis.labels;
    const time = `read at “${labels[column]}”`;
    if (name === "map") {
      const value = at(arrays.map, column, row);
      const left = Number.isNaN(value) ? "not read yet" : `${number(value, 3)} left`;
      return [`put in at “${labels[row]}”`, time, left];
    }
    const value = {
      makeup: () => at(arrays.map, columnOf(header.axis.edges, state.step), column),
      weights: () => arrays.weights.values[column],
      contents: () => arrays.contents.values[column],
      fading: () => at(arrays.map, column, sourceColumn()),
      stack: () => arrays.memory.values[column],
      split: () => arrays.split.values[column],
    }[name]?.();
    const what = { makeup: `put in at “${labels[column]}”`, weights: `weight of “${labels[column]}”`, contents: `“${labels[column]}” had on offer`, split: `memory of “${labels[column]}”` }[name] ?? time;
    return value === undefined ? [`“${labels[column]}”`, `step ${header.axis.edges[column]}`] : [what, Number.isNaN(value) ? "nothing yet" : number(value, 3)];
  }

  function says() {
    return sentenceOf(state.step, [`unit ${state.unit}`, ...describe(columnOf(state.header.axis.edges, state.step), "map", sourceColumn())]);
  }

  const gist = () => (state.header.split ? state.header.captions.split : state.header.captions.makeup);

  return { editor, menu, move, choices, draw, chosen, point, rowsOf: () => [], says, gist };
}

// A text with the two labels that it is about.
function filled(text, [high, low]) {
  return text.replace(/\{(high|low)\}/g, (_, which) => ({ high, low })[which]);
}
