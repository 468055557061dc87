// Gates over time: an editor, and everything the network did with its text on one token axis.
//
// Hovering and choosing act on the data already here; the server hears of a choice only to remember and explain it.
import { noteOf } from "../../analysis/axis.js";
import { element, part, replace, symbol, unseen, whenIdle } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { columnOf, columnWidth, rowHeight } from "../../core/geometry.js";
import { hearMaps, sentenceOf } from "../../core/heard.js";
import { neighbour } from "../../core/keys.js";
import { mounted } from "../../live/mount.js";
import { at } from "../../core/payload.js";
import { mapRoom } from "../../core/presented.js";
import { followPointer } from "../../core/pointer.js";
import { drawAxis, letterRoom, markToken } from "../../draw/axis.js";
import { buildSaturation } from "../../draw/saturation.js";
import { buildHeatmapToolbar } from "./heatmap_toolbar.js";
import { buildAnswers, roomFor } from "../../parts/answers.js";
import { buildEditMarks } from "../../parts/edit_marks.js";
import { buildEditor } from "../../parts/editor.js";
import { buildMaps, drawMap } from "../../parts/heatmaps.js";
import { buildMenu } from "../../parts/menu.js";
import { buildNumbers } from "../../parts/numbers_table.js";
import { buildPageLink } from "../../parts/page_link.js";
import { buildReadingLine } from "../../parts/reading_line.js";
import { buildTrack, labelQuantity } from "../../parts/track.js";
import { buildUnitChoice } from "../../parts/unit_choice.js";
import { buildUnitPanel, valueIn } from "../../parts/unit_panel.js";
import { buildWorkspace } from "../../parts/workspace.js";

export default mounted("gates", build);

export function build({ root, state, tell, set }) {
  const menu = buildMenu(tell, set);
  const editor = buildEditor(tell);
  const unit = buildUnitPanel(move, (k) => choose(state.step, k));
  const inside = buildPageLink("inside_the_cell", "This step, this unit, inside the cell");
  unit.root.querySelector(".charts").before(inside.root);
  const toolbar = buildHeatmapToolbar(set);
  const units = buildUnitChoice((k, step) => choose(step ?? state.step, k));
  const axis = buildTrack("axis", "tokens");
  const line = buildReadingLine((step) => choose(step, state.unit));
  axis.plot.before(line.root);
  axis.plot.append(line.extent);
  const answers = buildAnswers();
  const change = buildTrack("heatmap", "change");
  const edited = buildEditMarks(change);
  const maps = buildMaps();
  const tracks = element("div", { class: "tracks" }, part("tokens", axis.root), answers.root, part("change", change.root), maps.root);
  const dots = buildSaturation((k) => choose(state.step, k));
  const saturation = part("saturation", element("section", { class: "saturation" }, element("h2", {}, "Which gates are saturated?"), dots.root));
  const numbers = buildNumbers(set);
  const workspace = buildWorkspace(unit.root, tracks);
  workspace.prepend(unseen("Gates and states, step by step"));
  root.append(menu.root, editor.root, toolbar.root, units.root, workspace, saturation, numbers.root);
  let drawn = ""; // step and unit
  workspace.addEventListener("pointerleave", () => line.point(null));
  const point = followPointer({ root, workspace, state, choose, describe: pointed });
  const hear = hearMaps({ workspace: tracks, state, describe, move, rowOf: () => state.header.order.indexOf(state.unit) });

  function choices(header) {
    toolbar.update(header);
    numbers.choose(header.table);
  }

  function draw() {
    const { header, arrays } = state;
    const empty = !header.axis.labels.length;
    toolbar.root.hidden = units.root.hidden = workspace.hidden = saturation.hidden = numbers.root.hidden = empty;
    if (empty) return;
    layOut();
    const colours = header.themes[state.theme];
    const { why, letters, note } = header.axisWords;
    const single = header.axis.labels.length === header.steps;
    const narrow = letters && (!single || state.column < letterRoom());
    line.update(narrow ? header.letters : []);
    drawAxis(axis.picture, { ...header.axis, why, column: state.column, letters: letters && (single || narrow), line: narrow });
    replace(axis.label, element("small", {}, noteOf(header.axis.edges, note)));
    answers.update(state, colours);
    unit.draw(state);
    const shown = maps.keep(header.quantities.map(({ name }) => name));
    setRows();
    for (const quantity of header.quantities) {
      const { name } = quantity;
      const [limits, stops, caption] = [header.limits[name], colours.scales[name], header.captions[name]];
      const ends = header.ends[name];
      labelQuantity(shown.get(name), { ...quantity, ...(ends ? onItsOwn(quantity) : { limits }) }, colours.lines[name], stops);
      drawMap(shown.get(name), arrays[name], { limits, ends, stops, caption, order: header.order, row: state.row });
    }
    drawChange(colours);
    drawSelection();
  }

  // Where every row has its own scale, its ends are another number in each.
  function onItsOwn({ meaning }) {
    return { limits: ["-max", "max"], meaning: `${meaning}; each row on its own scale, which ends at its unit’s largest size, rounded up` };
  }

  function layOut() {
    const { header } = state;
    const columns = header.axis.labels.length;
    unit.measure();
    state.column = columnWidth(axis.plot.parentElement.clientWidth, columns + roomFor(header));
    workspace.style.setProperty("--column", `${state.column}px`);
    workspace.style.setProperty("--columns", columns);
  }

  function setRows() {
    const { header } = state;
    change.root.hidden = !header.change;
    const all = [change.root, ...maps.root.children];
    state.row = rowHeight(header.order.length, mapRoom(all));
    workspace.style.setProperty("--row", `${state.row}px`);
  }

  function drawChange(colours) {
    const { header, arrays } = state;
    if (!header.change) return;
    const { changeWords: named, change: { limits, marks } } = header;
    const stops = colours.changes[named.of];
    // The legend of what is hatched, where there is any.
    const meaning = marks.some(({ kind }) => kind === "new") ? `${named.meaning}; ${named.new}` : named.meaning;
    labelQuantity(change, { ...named, meaning, limits }, colours.lines[named.of], stops);
    edited.update(marks, state.column);
    drawMap(change, arrays.change, { limits, stops, caption: header.edit, order: header.order, row: state.row });
  }

  // Everything that follows the chosen step and unit.
  function drawSelection() {
    const { header, step } = state;
    const column = columnOf(header.axis.edges, step);
    drawn = `${step} ${state.unit}`;
    workspace.style.setProperty("--chosen", column);
    workspace.style.setProperty("--chosen-row", header.order.indexOf(state.unit));
    markToken(axis.picture, column);
    line.select(step);
    answers.select(state, header.chosen.step === step ? header.chosen.answer : null);
    unit.select(state, column);
    inside.update(header, state);
    units.update(header, state.unit);
    hear();
    drawBelow();
  }

  const drawBelow = whenIdle(() => {
    const { header, arrays } = state;
    if (!header.steps) return;
    saturation.hidden = !arrays.shut;
    if (arrays.shut) dots.update(state);
    numbers.update(tableOf);
  });

  function tableOf() {
    const { header: { axis: { labels, edges }, axisWords, prediction }, arrays, away } = state;
    const quantities = state.header.quantities.filter(({ name }) => !away.has(name));
    const named = prediction?.names ?? [];
    const rows = labels.map((label, column) => [
      label,
      String(edges[column]),
      ...quantities.map(({ name }) => valueIn(arrays[name], column, state.unit)),
      ...named.map((_, k) => at(arrays.prediction, column, k)),
    ]);
    const heads = ["token", "step", ...quantities.map((quantity) => [symbol(quantity.symbol), ` ${quantity.label}`]), ...named];
    return { heads, rows, note: `Unit ${state.unit}. ${noteOf(edges, axisWords.note)}` };
  }

  function choose(step, k) {
    if (step === state.step && k === state.unit) return;
    Object.assign(state, { step, unit: k });
    set({ step, unit: k });
    // Where the numbers of the cell are worked out here, it is drawn already.
    if (drawn !== `${step} ${k}`) chosen();
  }

  function chosen() {
    if (!drawn.endsWith(` ${state.unit}`)) unit.draw(state);
    drawSelection();
  }

  function move(by) {
    choose(...neighbour(state, by));
  }

  function pointed(column, ...where) {
    line.point(state.header.axis.edges[column]);
    return describe(column, ...where);
  }

  // A place in words.
  function describe(column, name, row) {
    const { header, arrays } = state;
    const token = `“${header.axis.labels[column]}”`;
    const quantity = header.quantities.find((each) => each.name === name);
    const said = answers.describe(state, column, name);
    if (said) return said;
    if (!quantity && name !== "change") return [token, `step ${header.axis.edges[column]}`];
    const k = header.order[row];
    return [token, `unit ${k}`, `${quantity ? quantity.label.toLowerCase() : "change in hidden state"} ${number(valueIn(arrays[name], column, k), 3)}`];
  }

  // The chosen step and unit: every gate and state, and what is answered after it.
  function says() {
    const { header, arrays, step, unit: k } = state;
    const column = columnOf(header.axis.edges, step);
    const named = header.quantities.map(({ name, label }) => `${label.toLowerCase()} ${number(valueIn(arrays[name], column, k), 3)}`);
    const [, ...answer] = header.prediction ? answers.describe(state, column, "prediction") : [];
    return sentenceOf(step, [`“${header.axis.labels[column]}”`, `unit ${k}`, ...named, ...answer]);
  }

  return { editor, menu, move, choices, draw, chosen, point, says, gist: () => state.header.captions.prediction };
}
