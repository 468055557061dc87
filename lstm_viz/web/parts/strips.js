// Probabilities of several things at once, or other numbers: a thin strip each, on the token axis, named beside it.
import { element, replace, say } from "../core/dom.js";
import { number, probability } from "../core/format.js";
import { drawHeatmap } from "../draw/heatmap.js";
import { buildTrack } from "./track.js";

export function buildStrips(name) {
  const title = element("h3");
  const rows = element("div", { class: "strips" });
  const said = element("p", { class: "caption" });
  const root = element("div", { class: "strips-track", "data-strips": name }, element("div", { class: "track" }, title), rows, said);
  let tracks = [];
  let likely = null;
  let written = probability;

  // spec: { title, names, caption, likely: the least that stands out, null where only the largest does,
  //   limits: the ends of the scale, where they are no probabilities }; array: (columns, names)
  function update(spec, array, stops) {
    root.hidden = !spec;
    if (!spec) return;
    if (tracks.map((track) => track.name).join("\n") !== spec.names.join("\n")) {
      tracks = spec.names.map((each, k) => strip(`${name}:${k}`, each));
      replace(rows, ...tracks.map((track) => track.root));
    }
    likely = spec.likely;
    written = spec.limits ? (value) => number(value, 3) : probability;
    title.textContent = spec.title;
    say(said, spec.caption);
    const [columns, width] = array.shape;
    tracks.forEach(({ name: each, picture }, k) => {
      const values = Float32Array.from({ length: columns }, (_, column) => array.values[column * width + k]);
      drawHeatmap(picture, { shape: [columns, 1], values }, [0], spec.limits ?? [0, 1], stops);
      picture.setAttribute("aria-label", `${each}: ${written(values[columns - 1])} at the end`);
    });
  }

  // The values beside the names: those of the chosen column, or exact ones.
  function select(array, column, exact) {
    if (root.hidden) return;
    const values = tracks.map((_, k) => exact?.[k] ?? array.values[column * array.shape[1] + k]);
    const least = likely ?? Math.max(...values);
    tracks.forEach(({ root: row, value }, k) => {
      value.textContent = written(values[k]);
      row.classList.toggle("top", values[k] >= least);
    });
  }
  return { root, update, select };
}

function strip(view, name) {
  const track = buildTrack("strip", view);
  const value = element("span", { class: "value" });
  replace(track.label, element("span", { class: "name" }, name), value);
  return { ...track, name, value };
}
