// The chosen unit: its lines over time, its numbers at the chosen step, and how they follow from each other.
import { compact } from "../core/format.js";
import { at } from "../core/payload.js";
import { drawLines } from "../draw/lines.js";
import { buildInspector } from "./inspector.js";
import { buildTrack, labelPlain, setCaption } from "./track.js";

const CHART = { shares: 84, signed: 104 };

export function buildUnitPanel(move, go) {
  const inspector = buildInspector(move, go);
  const shares = buildTrack("chart", "shares");
  const signed = buildTrack("chart", "signed");
  // It tells of the chosen unit.
  signed.caption.classList.add("of-choice");
  let width = 0;
  inspector.charts.append(shares.root, signed.root);

  // Before anything of the page changes, after which the browser would lay it out anew to tell.
  function measure() {
    width = inspector.charts.clientWidth;
  }

  function draw({ header, arrays, unit, theme, away }) {
    const colours = header.themes[theme].lines;
    const column = width / header.axis.labels.length;
    inspector.root.style.setProperty("--column", `${column}px`);
    const reach = header.reach[unit];
    const drawn = header.quantities.filter(({ name }) => !away.has(name));
    const groups = [
      [shares, "Gates", drawn.filter((q) => q.share), { height: CHART.shares, low: 0, high: 1, ticks: [0, 0.5, 1] }],
      [signed, "Memory", drawn.filter((q) => !q.share), { height: CHART.signed, low: -reach, high: reach, ticks: [-reach, 0, reach] }],
    ];
    for (const [track, title, quantities, scale] of groups) {
      track.root.hidden = !quantities.length;
      const series = quantities.map(({ name }) => {
        const values = header.axis.labels.map((_, step) => valueIn(arrays[name], step, unit));
        return { name, values, colour: colours[name] };
      });
      drawLines(track.picture, series, { column, ...scale });
      labelPlain(track, title, `${compact(scale.low)} to ${compact(scale.high)}`);
      setCaption(track, header.captions.unit);
    }
    // One sentence tells of both, and of any of the quantities.
    signed.caption.setAttribute("data-tells", header.quantities.map(({ name }) => name).join(" "));
    shares.caption.hidden = true;
  }

  // column: of the chosen step
  function select({ header, arrays, step, unit, theme }, column) {
    const { chosen } = header;
    const known = chosen.step === step && chosen.unit === unit;
    inspector.update({
      token: known ? chosen.token : header.axis.labels[column],
      stepText: `step ${step} (0–${header.steps - 1})`,
      unitText: `Unit ${unit}`,
      units: header.units,
      quantities: header.quantities,
      valueOf: (name) => (known && name in chosen.values ? chosen.values[name] : valueIn(arrays[name], column, unit)),
      colours: header.themes[theme].lines,
      chainLines: header.chain,
      numbers: known ? chosen.chain : null,
    });
  }
  return { root: inspector.root, measure, draw, select };
}

// A quantity may have fewer entries than there are units; its last one then stands for those it lacks.
export function valueIn(array, column, unit) {
  return at(array, column, Math.min(unit, array.shape[1] - 1));
}
