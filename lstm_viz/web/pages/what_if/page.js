// What if?: the run with clamps and edits against the run without, and what to hold or change next.
import { noteOf } from "../../analysis/axis.js";
import { element, part, replace, svg, symbol } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { columnOf, columnWidth, rowHeight } from "../../core/geometry.js";
import { hearMaps, sentenceOf } from "../../core/heard.js";
import { neighbour } from "../../core/keys.js";
import { mounted } from "../../live/mount.js";
import { at } from "../../core/payload.js";
import { mapRoom } from "../../core/presented.js";
import { followPointer } from "../../core/pointer.js";
import { drawAxis } from "../../draw/axis.js";
import { drawHeld } from "../../draw/hatching.js";
import { drawHeatmap } from "../../draw/heatmap.js";
import { buildPanel } from "./hold_panel.js";
import { buildOutcome } from "./outcome.js";
import { buildTried } from "./tried.js";
import { buildRanking } from "./unit_ranking.js";
import { buildChips } from "../../parts/chips.js";
import { choice } from "../../parts/choice.js";
import { rectangles } from "../../parts/drag.js";
import { buildEditor } from "../../parts/editor.js";
import { buildMenu } from "../../parts/menu.js";
import { buildNumbers } from "../../parts/numbers_table.js";
import { buildToolbar } from "../../parts/toolbar.js";
import { buildTrack, colourScale, labelPlain, setCaption } from "../../parts/track.js";
import { buildWorkspace } from "../../parts/workspace.js";

const MAPS = ["before", "after", "difference"];

export default mounted("what_if", build);

export function build({ root, state, tell, set, signal }) {
  const menu = buildMenu(tell, set);
  const editor = buildEditor((action) => (panel.elsewhere(), tell(action)));
  const presets = buildChips("Experiments", "Experiments with texts of their own", (k) => tell(["preset", k]));
  const about = element("p", { class: "hint" });
  const tried = buildTried((each) => {
    tell(["try", each.line, each.drop]);
    if (each.line) set({ shown: each.shown, ...(each.step === null ? {} : { step: each.step }) });
  });
  const shown = choice("Compare", (value) => set({ shown: value }));
  const notation = choice("Symbols", (value) => set({ notation: value }));
  const toolbar = buildToolbar(element("h2", {}, "With and without"), shown.root, notation.root);
  const axisBefore = buildTrack("axis", "tokens before");
  const axis = buildTrack("axis", "tokens");
  const outcome = buildOutcome();
  const maps = Object.fromEntries(MAPS.map((name) => [name, buildTrack("heatmap", name)]));
  const held = svg("svg", { class: "hatched", "aria-hidden": "true" });
  maps.after.plot.append(held);
  for (const name of MAPS) maps[name].caption.classList.add("counted");
  const tracks = element("div", { class: "tracks" }, part("tokens", axisBefore.root), part("tokens", axis.root), ...outcome.tracks, part("before", maps.before.root), part("after", maps.after.root), part("difference", maps.difference.root));
  const panel = buildPanel(tell);
  const numbers = buildNumbers(set);
  const workspace = buildWorkspace(panel.root, tracks);
  const ranking = buildRanking(set, (gate, value, units, steps) => tell(["hold", gate, value, units, steps]));
  presets.root.classList.add("presets");
  for (const node of [presets.root, about]) part("experiments", node);
  part("tried", tried.root);
  part("ranking", ranking.root);
  editor.root.append(presets.root, about);
  root.append(menu.root, editor.root, tried.root, toolbar, workspace, ranking.root, numbers.root);
  const point = followPointer({ root, workspace, state, choose, describe });
  const hear = hearMaps({ workspace: tracks, state, describe, move, rowOf: () => state.header.order.indexOf(state.unit) });
  const plots = MAPS.map((name) => maps[name].plot);
  const drags = rectangles({ plots, state, signal }, (columns, units) => {
    const { edges } = state.header.axis;
    const last = Math.max(edges[columns[0]], edges[columns[1] + 1] - 1);
    panel.aim(state.header.quantity.name, units, span(edges[columns[0]], last));
  });

  function choices(header) {
    shown.update(header.quantities.map(({ name, label }) => [name, label.toLowerCase()]), header.quantity.name);
    notation.update(header.notations, header.settings.notation);
    ranking.choose(header);
    numbers.choose(header.table);
  }

  function draw() {
    const { header } = state;
    drawPresets(header);
    const empty = !header.axis.labels.length;
    workspace.hidden = toolbar.hidden = empty;
    ranking.root.hidden = numbers.root.hidden = empty;
    if (empty) return;
    const colours = header.themes[state.theme];
    layOut();
    drawAxes();
    outcome.update(state, colours);
    drawMaps(colours);
    ranking.update(header, state.theme);
    drawChosen();
  }

  function drawPresets(header) {
    presets.update(header.presets.map(({ title }) => title), header.presets.flatMap(({ chosen }, k) => (chosen ? [k] : [])));
    const here = header.presets.find((preset) => preset.chosen);
    replace(about, ...(here ? [element("strong", {}, "What it does "), here.about] : []));
    about.hidden = !here;
    tried.update(header.tried);
  }

  function layOut() {
    const columns = state.header.axis.labels.length;
    state.column = columnWidth(outcome.width(), columns);
    state.row = rowHeight(state.header.order.length, mapRoom(MAPS.map((name) => maps[name].root)));
    root.style.setProperty("--column", `${state.column}px`);
    root.style.setProperty("--row", `${state.row}px`);
    root.style.setProperty("--columns", columns);
  }

  function drawAxes() {
    const { axis: { labels, before, edited: changed, unknown, places }, axisWords: { why, letters, note }, steps } = state.header;
    const small = letters && labels.length <= steps + changed.length;
    axisBefore.root.hidden = !before;
    if (before) drawAxis(axisBefore.picture, { labels: before, unknown: [], column: state.column, letters: small });
    labelPlain(axisBefore, "", "before");
    drawAxis(axis.picture, { labels, unknown, why, column: state.column, letters: small });
    replace(axis.label, element("small", {}, before ? "changed" : noteOf(places, note)));
    const marks = new Set(changed);
    for (const each of [axis, axisBefore]) each.picture.querySelectorAll(".token").forEach((token, k) => token.classList.toggle("edited", marks.has(k)));
  }

  function drawMaps(colours) {
    const { header: { order, captions }, arrays } = state;
    const quantity = shownQuantity();
    const titles = { before: "Before", after: "Changed", difference: "Difference" };
    for (const name of MAPS) {
      const stops = (name === "difference" ? colours.changes : colours.scales)[quantity.name];
      const limits = name === "difference" ? [-quantity.spread, quantity.spread] : quantity.limits;
      drawHeatmap(maps[name].picture, arrays[name], order, limits, stops);
      maps[name].picture.style.height = `${state.row * order.length}px`;
      labelMap(maps[name], titles[name], name === "difference" ? "changed minus before" : quantity.label.toLowerCase(), limits, stops);
      maps[name].plot.style.setProperty("--of", colours.lines[quantity.name]);
      if (name !== "difference") maps[name].label.querySelector("h3").append(symbol(quantity.symbol));
      setCaption(maps[name], "");
    }
    setCaption(maps.after, quantity.held ? "Hatched: held at a value. Everything after it is computed anew from there." : "");
    const sizes = arrays.difference.values.filter((value) => !Number.isNaN(value)).map(Math.abs);
    const most = sizes.reduce((a, b) => Math.max(a, b), 0);
    const mean = sizes.reduce((a, b) => a + b, 0) / Math.max(1, sizes.length);
    setCaption(maps.difference, most ? `${quantity.label}s differ by ${number(mean, 3)} on average and by ${number(most)} at most.` : `No ${quantity.label.toLowerCase()} differs.`);
    for (const name of MAPS) maps[name].picture.setAttribute("aria-label", `${titles[name]}: ${quantity.label}. ${maps[name].caption.textContent} ${captions.prediction ?? ""}`);
    drawHeld(held, arrays.held, order, state);
  }

  // What is compared: its scale and its name.
  function shownQuantity() {
    const { quantity, quantities } = state.header;
    return { ...quantities.find(({ name }) => name === quantity.name), ...quantity };
  }

  function labelMap(track, title, what, limits, stops) {
    labelPlain(track, title, what);
    track.label.append(colourScale(limits, stops));
  }

  function drawChosen() {
    const { header, step, unit } = state;
    const column = columnOf(header.axis.edges, step);
    root.style.setProperty("--chosen", column);
    root.style.setProperty("--chosen-row", header.order.indexOf(unit));
    panel.update(header, state, header.axis.labels[column]);
    hear();
    numbers.update(tableOf);
  }

  function tableOf() {
    const { header: { axis: { labels, before }, prediction: about }, arrays, unit } = state;
    const quantity = shownQuantity();
    const name = `${quantity.label.toLowerCase()} of unit ${unit}`;
    const heads = ["token", ...(before ? ["before"] : []), ...(about ? [`${about.title} before`, "changed"] : []), `${name} before`, "changed", "largest difference in a hidden state"];
    const k = Math.min(unit, arrays.before.shape[1] - 1);
    const rows = labels.map((label, column) => [
      label, ...(before ? [before[column]] : []), ...(about ? [at(arrays.predictionBefore, column, 0), at(arrays.predictionAfter, column, 0)] : []),
      at(arrays.before, column, k), at(arrays.after, column, k), at(arrays.moved, column, 0),
    ]);
    return { heads, rows };
  }

  function choose(step, unit) {
    if (drags.justEnded()) return;
    panel.aim(state.header.quantity.name, String(unit), String(step));
    if (step === state.step && unit === state.unit) return;
    Object.assign(state, { step, unit });
    drawChosen();
    set({ step, unit });
  }

  function move(by) {
    choose(...neighbour(state, by));
  }

  function describe(column, name, row) {
    const { header: { axis: { labels, before }, order, prediction: about }, arrays } = state;
    const quantity = shownQuantity();
    const token = [labels[column] ? `“${labels[column]}”` : "no token here now", ...(before && before[column] !== labels[column] ? [before[column] ? `before: “${before[column]}”` : "no token here before"] : [])];
    const value = (array, k) => (Number.isNaN(at(array, column, k)) ? "none" : number(at(array, column, k), 3));
    if (name === "prediction") return [...token, `${about.title} before ${value(arrays.predictionBefore, 0)}, changed ${value(arrays.predictionAfter, 0)}`];
    if (name === "moved") return [...token, `largest difference ${value(arrays.moved, 0)}`];
    if (row === null) return token;
    const unit = Math.min(order[row], arrays.before.shape[1] - 1);
    return [...token, `unit ${unit}, ${quantity.label.toLowerCase()}`, `${value(arrays.before, unit)} → ${value(arrays.after, unit)}, difference ${value(arrays.difference, unit)}`];
  }

  function says() {
    const { header: { axis: { edges }, order }, step, unit } = state;
    const column = columnOf(edges, step);
    const [, answer] = state.header.prediction ? describe(column, "prediction", null).slice(-2) : [];
    return sentenceOf(step, [...describe(column, "after", order.indexOf(unit)), ...(answer ? [answer] : [])]);
  }

  return { editor, menu, move, choices, draw, chosen: drawChosen, point, refuses: panel.refuses, says, gist: () => state.header.captions.prediction };
}

function span(first, last) {
  return first === last ? String(first) : `${first}-${last}`;
}
