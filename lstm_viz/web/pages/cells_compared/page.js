// The same text through several cells: their answers as lines, their states as heatmaps, on one token axis.
import { noteOf } from "../../analysis/axis.js";
import { element, part, replace, unseen } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { columnOf, columnWidth, rowHeight } from "../../core/geometry.js";
import { hearMaps, sentenceOf } from "../../core/heard.js";
import { neighbour } from "../../core/keys.js";
import { mounted } from "../../live/mount.js";
import { at } from "../../core/payload.js";
import { mapRoom, presented } from "../../core/presented.js";
import { followPointer } from "../../core/pointer.js";
import { drawAxis } from "../../draw/axis.js";
import { drawLines } from "../../draw/lines.js";
import { buildEditor } from "../../parts/editor.js";
import { buildMaps, drawMap } from "../../parts/heatmaps.js";
import { buildMenu } from "../../parts/menu.js";
import { buildRecords } from "../../parts/results_table.js";
import { buildSwitch } from "../../parts/switch.js";
import { buildTrack, labelPlain, setCaption } from "../../parts/track.js";

const [HEIGHT, IN_A_HALL] = [130, 76]; // for a lecture hall, so that all three cells are on the screen

export default mounted("cells_compared", build);

export function build({ root, state, tell, set }) {
  const menu = buildMenu(tell, set);
  const editor = buildEditor(tell);
  const axis = buildTrack("axis", "tokens");
  const answer = buildTrack("chart", "answer");
  const maps = buildMaps();
  const workspace = element("div", { class: "tracks" }, unseen("The cells, step by step"), part("tokens", axis.root), part("answers", answer.root), maps.root);
  const beside = buildSwitch("Untrained, beside them", (untrained) => set({ untrained }));
  const choice = part("choices", element("div", { class: "beside" }, element("span", { class: "lead" }, "Untrained, beside them"), beside.root));
  const scores = part("scores", element("div", { class: "scores" }));
  root.append(menu.root, editor.root, choice, workspace, scores);
  const point = followPointer({ root, workspace, state, choose, describe: (column, ...where) => placed(column, describe(column, ...where)) });
  const hear = hearMaps({ workspace: maps.root, state, describe, move, rowOf: () => null, rowsOf: (name) => rowsOf(name).length });

  function choices(header) {
    const cells = header.beside ?? [];
    choice.hidden = !cells.length;
    beside.update([["", "none"], ...cells], header.settings.untrained);
  }

  function draw() {
    const { header } = state;
    fillScores(header.rows);
    workspace.hidden = !header.steps;
    if (workspace.hidden) return;
    const labels = header.axis.labels;
    state.column = columnWidth(axis.plot.parentElement.clientWidth, labels.length);
    const room = mapRoom([...maps.root.children]);
    state.row = Math.min(...header.cells.map((cell) => rowHeight(cell.order.length, room)));
    workspace.style.setProperty("--column", `${state.column}px`);
    workspace.style.setProperty("--columns", labels.length);
    const { why, letters, note } = header.axisWords;
    drawAxis(axis.picture, { ...header.axis, why, column: state.column, letters: letters && labels.length === header.steps });
    replace(axis.label, element("small", {}, noteOf(header.axis.edges, note)));
    drawAnswers();
    drawMaps();
    mark();
  }

  function drawAnswers() {
    const { header: { answer: { title, low, high }, captions, cells, themes }, arrays, column, theme } = state;
    const colours = themes[theme].lines;
    const series = cells.map(({ name }) => ({ name, values: arrays[`${name}.answer`].values, colour: colours[name] }));
    drawLines(answer.picture, series, { column, height: presented() ? IN_A_HALL : HEIGHT, low, high, ticks: [low, (low + high) / 2, high] });
    labelPlain(answer, title, `${number(low, 0)} to ${number(high, 0)}`);
    answer.label.append(...cells.map((cell) => key(cell, colours)));
    setCaption(answer, captions.answer ?? "");
  }

  function drawMaps() {
    const { header: { cells, captions, limits, themes }, arrays, row, theme } = state;
    const shown = maps.keep(cells.map((cell) => cell.name));
    for (const cell of cells) {
      drawMap(shown.get(cell.name), arrays[cell.name], { order: cell.order, limits: limits[cell.name], caption: captions[cell.name] ?? "", stops: themes[theme].scale, row });
      const [low, high] = limits[cell.name];
      labelPlain(shown.get(cell.name), cell.title, cell.about, `hidden state, ${number(low, 1)} to ${number(high, 1)}`);
    }
  }

  function fillScores(rows) {
    replace(scores, buildRecords(rows, "From the model cards"));
  }

  function mark() {
    workspace.style.setProperty("--chosen", columnOf(state.header.axis.edges, state.step));
    hear();
  }

  function choose(step) {
    if (step === state.step) return;
    state.step = step;
    mark();
    set({ step });
  }

  function move({ step = 0 }) {
    choose(...neighbour(state, { step }));
  }

  function describe(column, name, row) {
    const { header, arrays } = state;
    const token = `“${header.axis.labels[column]}”`;
    const cell = header.cells.find((each) => each.name === name);
    if (cell) {
      const unit = cell.order[Math.min(row, cell.order.length - 1)];
      return [token, `${cell.title}, unit ${unit}: ${number(at(arrays[name], column, unit), 3)}`];
    }
    return [token, ...header.cells.map((each) => `${each.title}: ${said(at(arrays[`${each.name}.answer`], column, 0))}`)];
  }

  const placed = (column, [token, ...rest]) => [`${token}, step ${state.header.axis.edges[column]}`, ...rest];
  const says = () => sentenceOf(state.step, describe(columnOf(state.header.axis.edges, state.step), "answer", null));

  // Every cell has units of its own, in an order of their own.
  const rowsOf = (name) => state.header.cells.find((cell) => cell.name === name)?.order ?? [];
  return { editor, menu, move, choices, draw, chosen: mark, point, rowsOf, says, gist: () => state.header.captions.answer };
}

function said(value) {
  return Number.isNaN(value) ? "nothing yet" : number(value, 3);
}

function key(cell, colours) {
  const swatch = element("i", { class: "swatch" });
  swatch.style.background = colours[cell.name];
  return element("span", { class: "cell-key" }, swatch, cell.title);
}
