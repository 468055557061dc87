// One network as it stands, on the probe sequence: its answers and every gate, run here with the weights of this moment.
import { element, part, replace } from "../../core/dom.js";
import { clamp, columnWidth, rowHeight } from "../../core/geometry.js";
import { hearMaps } from "../../core/heard.js";
import { mapRoom } from "../../core/presented.js";
import { aggregate, columns as columnsOf } from "../../analysis/aggregate.js";
import { answers as answersOf } from "../../analysis/answers.js";
import { axis as axisOf, noteOf } from "../../analysis/axis.js";
import { limits as limitsOf } from "../../analysis/limits.js";
import { followPointer } from "../../core/pointer.js";
import { number } from "../../core/format.js";
import { at } from "../../core/payload.js";
import { drawAxis, letterRoom } from "../../draw/axis.js";
import { makeSource } from "../../network/source.js";
import { viewOf } from "../../network/view.js";
import { buildAnswers, roomFor } from "../../parts/answers.js";
import { buildMaps, drawMap } from "../../parts/heatmaps.js";
import { buildTrack, labelQuantity, setCaption } from "../../parts/track.js";

// choose(step): a click
export function buildLane(choose) {
  const title = element("h2");
  const stands = element("p", { class: "stands" });
  const axis = buildTrack("axis", "tokens");
  const answers = buildAnswers();
  const maps = buildMaps();
  const tracks = element("div", { class: "tracks" }, part("tokens", axis.root), answers.root, maps.root);
  const root = element("section", { class: "lane" }, title, stands, tracks);
  const state = { header: null, arrays: {}, column: 0, row: 1, step: 0, unit: 0 };
  followPointer({ root, workspace: tracks, state, choose, describe: (column, ...where) => placed(column, describe(column, ...where)) });
  const hear = hearMaps({ workspace: maps.root, state, describe, move, rowOf: () => null, rowsOf: () => state.header.units });
  let source = null;
  let about = null;
  let captions = {};

  // what: { about, words, module, vocabulary }, as the server tells of a lane; tensors: name → { shape, values }
  function take(what, tensors) {
    about = what;
    source = makeSource(what.network, { module: what.module, vocabulary: what.vocabulary, weights: tensors });
  }

  // settings: { text, layer, direction, step, unit, own_scale } of the probe; said: the server's sentences on this state
  // → quantity → the ends of its scale, {} where there is nothing to draw
  function read({ settings, name, status, said }) {
    title.textContent = name;
    if (stands.textContent !== status) stands.textContent = status;
    const view = source && viewOf({ shown: source }, "shown", settings);
    tracks.hidden = !view?.trace;
    if (tracks.hidden) return {};
    captions = said;
    count(view);
    state.step = Math.min(settings.step, state.header.steps - 1);
    return state.header.limits;
  }

  // limits: as `read` gave them, or wider, where another network is to be compared
  function draw({ colours, limits }) {
    if (tracks.hidden) return;
    Object.assign(state.header.limits, limits);
    show(colours);
  }

  function count(view) {
    const { layer, trace } = view;
    const edges = columnsOf(trace.labels.length);
    const { header, arrays } = answersOf(view, edges);
    state.header = {
      ...header, axis: axisOf(view, edges), steps: trace.labels.length, units: layer.units, order: [...Array(layer.units).keys()],
      limits: Object.fromEntries(layer.quantities.map((name) => [name, limitsOf(layer, name)])),
      answer: about.words.answer, captions, editor: { noun: about.words.noun },
    };
    state.arrays = { ...arrays, ...Object.fromEntries(layer.quantities.map((name) => [name, aggregate(layer.values[name], edges)])) };
  }

  function show(colours) {
    const { header, arrays } = state;
    const columns = header.axis.labels.length;
    state.column = columnWidth(axis.plot.parentElement.clientWidth, columns + roomFor(header));
    tracks.style.setProperty("--column", `${state.column}px`);
    tracks.style.setProperty("--columns", columns);
    tracks.style.setProperty("--chosen", state.step);
    const letters = about.words.letters && columns === header.steps && state.column >= letterRoom();
    drawAxis(axis.picture, { ...header.axis, column: state.column, letters });
    replace(axis.label, element("small", {}, noteOf(header.axis.edges, about.words.note)));
    answers.update(state, colours);
    const shown = maps.keep(about.words.quantities.map(({ name }) => name));
    state.row = Math.max(rowHeight(header.units, mapRoom([...maps.root.children])), header.units <= 4 ? 22 : 1);
    tracks.style.setProperty("--row", `${state.row}px`);
    for (const quantity of about.words.quantities) {
      const { name } = quantity;
      const [limits, stops] = [header.limits[name], colours.scales[name]];
      labelQuantity(shown.get(name), { ...quantity, limits }, colours.lines[name], stops);
      drawMap(shown.get(name), arrays[name], { limits, stops, caption: captions[name] ?? "", order: header.order, row: state.row });
    }
    setCaption(axis, "");
    hear();
  }

  function move({ step = 0 }) {
    state.step = clamp(state.step + step, state.header.steps);
    choose(state.step);
  }

  function describe(column, name, row) {
    const { header, arrays } = state;
    const token = `“${header.axis.labels[column]}”`;
    const answer = answers.describe(state, column, name);
    if (answer) return answer;
    const quantity = about.words.quantities.find((each) => each.name === name);
    if (!quantity || row === null) return [token];
    const unit = header.order[row];
    return [token, `unit ${unit}`, `${quantity.label.toLowerCase()} ${number(at(arrays[name], column, unit), 3)}`];
  }

  const placed = (column, [token, ...rest]) => [`${token}, step ${state.header.axis.edges[column]}`, ...rest];

  return { root, take, read, draw };
}
