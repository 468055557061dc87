// Heatmaps one under the other, a track a name; made again only when the names change.
import { element, part, replace } from "../core/dom.js";
import { drawHeatmap } from "../draw/heatmap.js";
import { buildTrack, setCaption } from "./track.js";

export function buildMaps() {
  const root = element("div", { class: "maps" });
  const tracks = new Map();
  return {
    root,
    // → name → track
    keep(names) {
      if (names.join() !== [...tracks.keys()].join()) {
        tracks.clear();
        for (const name of names) tracks.set(name, buildTrack("heatmap", name));
        replace(root, ...[...tracks].map(([name, track]) => part(name, track.root)));
      }
      return tracks;
    },
  };
}

// row: the height of a row in pixels; ends: of every row, where each has its own scale
export function drawMap(track, array, { order, limits, stops, row, caption, ends = null }) {
  drawHeatmap(track.picture, array, order, limits, stops, ends);
  track.picture.style.height = `${row * order.length}px`;
  setCaption(track, caption);
}
