// The live view: an editor, and everything the network did with its text on one token axis.
//
// Streamlit calls the default export after every run. The elements are built once and updated in place; hovering and
// choosing act on the data already here, and the server hears of a choice only to remember and explain it.
import { setAddress } from "./address.js";
import { buildAnswers, roomFor } from "./answers.js";
import { themeOf } from "./colour.js";
import { element, number, replace, whenIdle } from "./dom.js";
import { buildEditor } from "./editor.js";
import { columnOf, columnWidth, rowHeight } from "./geometry.js";
import { drawAxis, markToken } from "./axis.js";
import { drawHeatmap } from "./heatmap.js";
import { buildInspector } from "./inspector.js";
import { drawLines } from "./lines.js";
import { buildMenu } from "./menu.js";
import { outbox } from "./outbox.js";
import { at, unpack } from "./payload.js";
import { drawSaturation } from "./saturation.js";
import { drawTable } from "./table.js";
import { buildTrack, compact, labelPlain, labelQuantity, setCaption } from "./tracks.js";
import { listen } from "./pointer.js";
import { buildToolbar } from "./toolbar.js";

const CHART = { shares: 84, signed: 104 };
const views = new WeakMap();

export default function live({ parentElement, data, setStateValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = build(parentElement, (message) => setStateValue("message", message));
    views.set(parentElement, view);
  }
  view.update(data);
  return view.close;
}

function build(parent, send) {
  const root = element("div", { class: "lv-live" });
  const state = { header: null, arrays: {}, step: 0, unit: 0, edits: 0, column: 0, theme: "light" };
  let mail = null;
  let answered = 0;
  let query = "";
  const tell = (changes) => mail.put(state.edits, changes);

  const onText = (text) => {
    state.edits += 1;
    tell({ text });
  };
  const menu = buildMenu(tell);
  const editor = buildEditor(onText, onText, (degrees) => tell({ degrees }), (file) => tell({ file }));
  const inspector = buildInspector(move);
  const toolbar = buildToolbar(tell);
  const axis = buildTrack("axis", "tokens");
  const answers = buildAnswers();
  const shares = buildTrack("chart", "shares");
  const signed = buildTrack("chart", "signed");
  const change = buildTrack("heatmap", "change");
  const heatmaps = new Map();
  const maps = element("div", { class: "maps" });
  const tracks = element("div", { class: "tracks" });
  tracks.append(axis.root, answers.root, change.root, maps);
  inspector.charts.append(shares.root, signed.root);
  const saturation = element("section", { class: "saturation" });
  const dots = element("div", { class: "dots" });
  saturation.append(element("h2", {}, "Which gates are saturated?"), dots);
  const tableBox = element("details", { class: "table" }, element("summary", {}, "The numbers as a table"));
  const tableBody = element("div", { class: "scroll" });
  tableBox.append(tableBody);
  const tip = element("div", { class: "tip", hidden: "" });
  const workspace = element("div", { class: "workspace" }, inspector.root, tracks);
  root.append(menu.root, editor.root, toolbar.root, workspace, saturation, tableBox, tip);
  parent.append(root);

  tableBox.ontoggle = () => {
    if (tableBox.open !== state.header.table) tell({ table: tableBox.open });
    drawNumbers();
  };
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
    // A server that knows less than it did has been started anew: it is told all there is.
    if (header.received < answered) return restore(header.received);
    answered = header.received;
    const latest = header.edits === state.edits;
    const first = !state.header;
    menu.update(header.menu);
    editor.update(header, latest, arrays.series);
    setAddress(header.linkable ? header.query : "");
    query = header.query;
    // A number half typed: what was there stays, pale, until the text can be read again.
    const pale = header.unreadable && !first && state.header.steps > 0 && state.header.menu.task === header.menu.task;
    root.classList.toggle("pale", pale);
    if (!pale) {
      Object.assign(state, { header, arrays, theme: themeOf(root) });
      if (first || latest) Object.assign(state, { step: header.chosen.step, unit: header.chosen.unit });
      if (tableBox.open !== header.table) tableBox.open = header.table;
      draw();
    }
    root.setAttribute("data-painted", header.edits);
    mail.answer(header.received);
  }

  function restore(received) {
    const settings = Object.fromEntries(new URLSearchParams(query));
    for (const name of Object.keys(settings)) if (name.endsWith("_packed")) delete settings[name];
    mail.close();
    mail = outbox(send, received);
    answered = received;
    tell({ ...settings, step: state.step, unit: state.unit, text: editor.area.value });
  }

  function draw() {
    const { header, arrays } = state;
    const colours = header.themes[state.theme];
    if (root.style.getPropertyValue("--muted") !== colours.muted) root.style.setProperty("--muted", colours.muted);
    const empty = !header.axis.labels.length;
    toolbar.root.hidden = workspace.hidden = saturation.hidden = tableBox.hidden = empty;
    if (empty) return;
    const available = axis.plot.parentElement.clientWidth;
    const columns = header.axis.labels.length;
    state.column = columnWidth(available, columns + roomFor(header));
    state.row = rowHeight(header.order.length);
    workspace.style.setProperty("--column", `${state.column}px`);
    workspace.style.setProperty("--row", `${state.row}px`);
    state.narrow = inspector.charts.clientWidth / columns;
    inspector.root.style.setProperty("--column", `${state.narrow}px`);
    workspace.style.setProperty("--columns", columns);

    drawAxis(axis.picture, { ...header.axis, column: state.column, letters: header.axis.letters && columns === header.steps });
    replace(axis.label, element("small", {}, header.axis.note));
    answers.update(state, colours);
    drawUnit(colours);
    syncHeatmaps();
    for (const quantity of header.quantities) {
      const track = heatmaps.get(quantity.name);
      const stops = colours.scales[quantity.name];
      labelQuantity(track, quantity, quantity.share ? colours.lines[quantity.name] : null, stops);
      paint(track, arrays[quantity.name], quantity.limits, stops);
      setCaption(track, quantity.caption);
    }
    drawChange(colours);
    toolbar.update(header);
    drawSelection();
  }

  function paint(track, array, limits, stops) {
    drawHeatmap(track.picture, array, state.header.order, limits, stops);
    track.picture.style.height = `${state.row * state.header.order.length}px`;
  }

  function drawUnit(colours) {
    const { header, arrays, unit, narrow: column } = state;
    const reach = header.reach[unit];
    const groups = [
      [shares, header.quantities.filter((q) => q.share), CHART.shares, 0, 1, [0, 0.5, 1]],
      [signed, header.quantities.filter((q) => !q.share), CHART.signed, -reach, reach, [-reach, 0, reach]],
    ];
    const titles = ["Gates", "Memory"];
    groups.forEach(([track, quantities, height, low, high, ticks], k) => {
      track.root.hidden = !quantities.length;
      const series = quantities.map(({ name }) => {
        const array = arrays[name];
        const values = header.axis.labels.map((_, step) => at(array, step, Math.min(unit, array.shape[1] - 1)));
        return { name, values, colour: colours.lines[name] };
      });
      drawLines(track.picture, series, { column, height, low, high, ticks });
      labelPlain(track, titles[k], `${compact(low)} to ${compact(high)}`);
      setCaption(track, header.chosen.caption);
      // One sentence tells of both.
      track.caption.hidden = k === 0;
    });
  }

  function drawChange(colours) {
    const { header, arrays } = state;
    change.root.hidden = !header.change;
    if (!header.change) return;
    const stops = colours.scales[header.change.scale];
    labelQuantity(change, header.change, null, stops);
    paint(change, arrays.change, header.change.limits, stops);
    setCaption(change, header.change.caption);
  }

  function syncHeatmaps() {
    const names = state.header.quantities.map((quantity) => quantity.name);
    if (names.join() === [...heatmaps.keys()].join()) return;
    heatmaps.clear();
    for (const name of names) heatmaps.set(name, buildTrack("heatmap", name));
    replace(maps, ...[...heatmaps.values()].map((track) => track.root));
  }

  // Everything that follows the chosen step and unit; no server needed.
  function drawSelection() {
    const { header, arrays, step, unit } = state;
    const column = columnOf(header.axis.edges, step);
    workspace.style.setProperty("--chosen", column);
    workspace.style.setProperty("--chosen-row", header.order.indexOf(unit));
    const colours = header.themes[state.theme];
    const known = header.chosen.step === step && header.chosen.unit === unit;
    markToken(axis.picture, column);
    answers.select(state, header.chosen.step === step ? header.chosen.answer : null);
    const valueOf = (name) => {
      if (known && name in header.chosen.values) return header.chosen.values[name];
      return at(arrays[name], column, Math.min(unit, arrays[name].shape[1] - 1));
    };
    inspector.update({
      token: known ? header.chosen.token : header.axis.labels[column],
      stepText: `step ${step} (0–${header.steps - 1})`,
      unitText: `Unit ${unit}`,
      quantities: header.quantities,
      valueOf,
      colours: colours.lines,
      chainLines: known ? header.chosen.chain : null,
    });
    drawBelow();
  }

  const drawBelow = whenIdle(() => {
    const { header, unit } = state;
    saturation.hidden = !header.saturation;
    if (header.saturation) {
      const { gates, below, above } = header.saturation;
      const colours = header.themes[state.theme].lines;
      drawSaturation(dots, gates, { unit, colours, below, above, choose: (k) => choose(state.step, k) });
    }
    drawNumbers();
  });

  function drawNumbers() {
    if (!tableBox.open || !state.header.steps) return;
    drawTable(tableBody, { ...state.header, arrays: state.arrays, unit: state.unit });
  }

  function choose(step, unit) {
    if (step === state.step && unit === state.unit) return;
    Object.assign(state, { step, unit });
    drawUnit(state.header.themes[state.theme]);
    drawSelection();
    tell({ step, unit });
  }

  function move({ step = 0, row = 0 }) {
    const { header } = state;
    const next = Math.min(header.steps - 1, Math.max(0, state.step + step));
    const place = header.order.indexOf(state.unit) + row;
    choose(next, header.order[Math.min(header.order.length - 1, Math.max(0, place))]);
  }

  // What the pointer is on, in words.
  function describe(column, name, row) {
    const { header, arrays } = state;
    const token = `“${header.axis.labels[column]}”`;
    const quantity = header.quantities.find((each) => each.name === name);
    const said = answers.describe(state, column, name);
    if (said) return said;
    if (!quantity && name !== "change") return [token, `step ${header.axis.edges[column]}`];
    const unit = header.order[row];
    const value = number(at(arrays[name], column, Math.min(unit, arrays[name].shape[1] - 1)), 3);
    return [token, `unit ${unit}`, `${quantity ? quantity.label.toLowerCase() : "change in hidden state"} ${value}`];
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
