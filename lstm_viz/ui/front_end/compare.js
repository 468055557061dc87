// The same text through several cells: their answers as lines, their states as heatmaps, on one token axis.
import { setAddress } from "./address.js";
import { drawAxis } from "./axis.js";
import { themeOf } from "./colour.js";
import { element, number, replace } from "./dom.js";
import { buildEditor } from "./editor.js";
import { columnOf, columnWidth, rowHeight } from "./geometry.js";
import { drawHeatmap } from "./heatmap.js";
import { drawLines } from "./lines.js";
import { buildMenu } from "./menu.js";
import { outbox } from "./outbox.js";
import { at, unpack } from "./payload.js";
import { listen } from "./pointer.js";
import { buildRecords } from "./records.js";
import { buildTrack, labelPlain, setCaption } from "./tracks.js";

const HEIGHT = 130;
const views = new WeakMap();

export default function compare({ parentElement, data, setStateValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = build(parentElement, (message) => setStateValue("message", message));
    views.set(parentElement, view);
  }
  view.update(data);
  return view.close;
}

function build(parent, send) {
  const root = element("div", { class: "lv-live lv-compare" });
  const state = { header: null, arrays: {}, step: 0, edits: 0, row: 1, theme: "light" };
  let mail = null;
  const tell = (changes) => mail.put(state.edits, changes);
  const onText = (text) => {
    state.edits += 1;
    tell({ text });
  };
  const menu = buildMenu(tell);
  const editor = buildEditor(onText, onText, (degrees) => tell({ degrees }));
  const axis = buildTrack("axis", "tokens");
  const answer = buildTrack("chart", "answer");
  const maps = new Map();
  const stack = element("div", { class: "maps" });
  const workspace = element("div", { class: "tracks" }, axis.root, answer.root, stack);
  const scores = element("div", { class: "scores" });
  const tip = element("div", { class: "tip", hidden: "" });
  root.append(menu.root, editor.root, workspace, scores, tip);
  parent.append(root);
  const stopListening = listen({ root, workspace, tip, editor, state, choose, move, describe });
  let width = 0;
  const resized = new ResizeObserver(() => {
    if (!state.header || root.clientWidth === width) return;
    width = root.clientWidth;
    editor.fit();
    draw();
  });
  resized.observe(root);

  function update(bytes) {
    const { header, arrays } = unpack(bytes);
    if (!mail) {
      mail = outbox(send, header.received);
      state.edits = header.edits;
    }
    const latest = header.edits === state.edits;
    const first = !state.header;
    Object.assign(state, { header, arrays, theme: themeOf(root) });
    if (first || latest) state.step = header.chosen.step;
    menu.update(header.menu);
    editor.update(header, latest, arrays.series);
    setAddress(header.query);
    draw();
    root.setAttribute("data-painted", header.edits);
    mail.answer(header.received);
  }

  function draw() {
    const { header, arrays } = state;
    const colours = header.themes[state.theme];
    root.style.setProperty("--muted", colours.muted);
    fillScores(header.rows);
    workspace.hidden = !header.cells.length;
    if (workspace.hidden) return;
    const labels = header.axis.labels;
    state.column = columnWidth(axis.plot.parentElement.clientWidth, labels.length);
    state.row = Math.min(...header.cells.map((cell) => rowHeight(cell.order.length)));
    workspace.style.setProperty("--column", `${state.column}px`);
    workspace.style.setProperty("--columns", labels.length);
    drawAxis(axis.picture, { ...header.axis, column: state.column, letters: header.axis.letters && labels.length === header.steps });
    replace(axis.label, element("small", {}, header.axis.note));
    const { title, low, high, caption } = header.answer;
    const series = header.cells.map(({ name }) => ({ name, values: arrays[`${name}.answer`].values, colour: colours.lines[name] }));
    drawLines(answer.picture, series, { column: state.column, height: HEIGHT, low, high, ticks: [low, (low + high) / 2, high] });
    labelPlain(answer, title, `${number(low, 0)} to ${number(high, 0)}`);
    answer.label.append(...header.cells.map((cell) => key(cell, colours)));
    setCaption(answer, caption);
    syncMaps();
    for (const cell of header.cells) {
      const track = maps.get(cell.name);
      drawHeatmap(track.picture, arrays[cell.name], cell.order, cell.limits, colours.scale);
      track.picture.style.height = `${state.row * cell.order.length}px`;
      labelPlain(track, cell.title, cell.about, `hidden state, ${number(cell.limits[0], 1)} to ${number(cell.limits[1], 1)}`);
      setCaption(track, cell.caption);
    }
    mark();
  }

  function syncMaps() {
    const names = state.header.cells.map((cell) => cell.name);
    if (names.join() === [...maps.keys()].join()) return;
    maps.clear();
    for (const name of names) maps.set(name, buildTrack("heatmap", name));
    replace(stack, ...[...maps.values()].map((track) => track.root));
  }

  function fillScores(rows) {
    replace(scores, buildRecords(rows, "From the model cards"));
  }

  function mark() {
    workspace.style.setProperty("--chosen", columnOf(state.header.axis.edges, state.step));
  }

  function choose(step) {
    if (step === state.step) return;
    state.step = step;
    mark();
    tell({ step });
  }

  function move({ step = 0 }) {
    choose(Math.min(state.header.steps - 1, Math.max(0, state.step + step)));
  }

  function describe(column, name, row) {
    const { header, arrays } = state;
    const token = `“${header.axis.labels[column]}”, step ${header.axis.edges[column]}`;
    const cell = header.cells.find((each) => each.name === name);
    if (cell) {
      const unit = cell.order[Math.min(row, cell.order.length - 1)];
      return [token, `${cell.title}, unit ${unit}: ${number(at(arrays[name], column, unit), 3)}`];
    }
    return [token, ...header.cells.map((each) => `${each.title}: ${said(at(arrays[`${each.name}.answer`], column, 0))}`)];
  }

  return {
    update,
    close() {
      stopListening();
      resized.disconnect();
      mail?.close();
      views.delete(parent);
      root.remove();
    },
  };
}

function said(value) {
  return Number.isNaN(value) ? "nothing yet" : number(value, 3);
}

function key(cell, colours) {
  const swatch = element("i", { class: "swatch" });
  swatch.style.background = colours.lines[cell.name];
  return element("span", { class: "cell-key" }, swatch, cell.title);
}
