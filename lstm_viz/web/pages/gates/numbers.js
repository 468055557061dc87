// What Gates over time counts; mirrors `gates_numbers` of ui/pages/gates/view.py.
import { aggregate, columns } from "../../analysis/aggregate.js";
import { answerAt, answers } from "../../analysis/answers.js";
import { axis } from "../../analysis/axis.js";
import { chain } from "../../analysis/chain.js";
import { changeOf, editOf, marksOf } from "../../analysis/edits.js";
import { limits, ownEnds, reach, roundUp } from "../../analysis/limits.js";
import { movers } from "../../analysis/movers.js";
import { saturation } from "../../analysis/saturation.js";
import { commonNumbers } from "../../network/view.js";

// view: see network/view.js → { header, arrays }; arrays over time have a row a column of the heatmaps
export function numbers(view) {
  const { header, arrays } = commonNumbers(view);
  const { trace } = view;
  if (!trace) return { header, arrays };
  const { layer } = view;
  const edges = columns(trace.labels.length);
  const said = answers(view, edges);
  Object.assign(arrays, said.arrays, saturation(layer));
  for (const name of layer.quantities) arrays[name] = aggregate(layer.values[name], edges);
  const wide = layer.cell.quantities.filter(({ name, share }) => !share && layer.quantities.includes(name)).map(({ name }) => name);
  Object.assign(header, said.header, chosen(view).header, {
    axis: axis(view, edges),
    steps: trace.labels.length,
    units: layer.units,
    limits: Object.fromEntries(layer.quantities.map((name) => [name, limits(layer, name)])),
    ends: view.settings.own_scale ? Object.fromEntries(wide.map((name) => [name, ownEnds(layer, name)])) : {},
    reach: reach(layer),
    letters: view.source.about.reader.kind === "characters" ? [...trace.labels] : [],
    movers: movers(view.source, view),
  });
  const edit = editOf(view);
  if (!edit) return { header, arrays };
  const { array, largest } = changeOf(edit, edges);
  const end = roundUp(largest);
  arrays.change = array;
  header.change = { limits: [-end, end], marks: marksOf(edit, edges) };
  return { header, arrays };
}

// What follows from the chosen step and unit.
export function chosen(view) {
  if (!view.trace) return { header: {}, arrays: {} };
  const { source, trace, layer, step, unit } = view;
  const values = {};
  for (const name of layer.quantities) {
    const { shape: [, width], values: course } = layer.values[name];
    if (unit < width) values[name] = course[step * width + unit];
  }
  const found = { step, unit, token: trace.labels[step], answer: answerAt(source, trace, step), values, chain: chain(source, layer, step, unit) };
  return { header: { chosen: found }, arrays: {} };
}
