// What the changes do to the answer after every step, and how far they travel through the hidden state.
import { element, part, svg } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { drawHeld } from "../../draw/hatching.js";
import { drawBars, drawLines } from "../../draw/lines.js";
import { buildTrack, labelPlain, setCaption } from "../../parts/track.js";

const HEIGHT = { prediction: 92, moved: 48 };

export function buildOutcome() {
  const prediction = buildTrack("chart", "prediction");
  const moved = buildTrack("chart", "moved");
  part("answers", prediction.root);
  part("moved", moved.root);
  const heldSteps = svg("svg", { class: "hatched", "aria-hidden": "true" });
  prediction.plot.prepend(heldSteps);

  function update(state, colours) {
    drawPrediction(state, colours);
    drawMoved(state, colours);
  }

  function drawPrediction({ header: { prediction: about, captions }, arrays, column }, colours) {
    prediction.picture.parentElement.hidden = !about; // of a network that says nothing
    labelPlain(prediction, "");
    setCaption(prediction, captions.prediction ?? "");
    if (!about) return;
    const series = [
      { name: "before", values: arrays.predictionBefore.values, colour: "currentColor" },
      { name: "after", values: arrays.predictionAfter.values, colour: colours.positive },
    ];
    const { low, high } = about;
    drawLines(prediction.picture, series, { column, height: HEIGHT.prediction, low, high, ticks: [low, (low + high) / 2, high] });
    labelPlain(prediction, about.title, `from ${number(low)} to ${number(high)}${about.unit && ` ${about.unit}`}`);
    const legend = element("div", { class: "legend" });
    for (const [text, colour, value] of [["before", series[0].colour, about.before], ["changed", series[1].colour, about.after]]) {
      const swatch = element("i", { class: `stroke ${text}` });
      swatch.style.background = colour;
      legend.append(element("span", {}, swatch, text, element("strong", {}, number(value))));
    }
    prediction.label.append(legend);
    drawHeld(heldSteps, arrays.heldSteps, [0], { column, row: HEIGHT.prediction });
  }

  function drawMoved({ header: { captions }, arrays, column }, colours) {
    const sizes = Array.from(arrays.moved.values, (value) => (Number.isNaN(value) ? 0 : value));
    const top = Math.max(0.5, ...sizes);
    drawBars(moved.picture, sizes, { column, height: HEIGHT.moved, low: 0, high: top, middle: 0, colours: [colours.positive, colours.lines.hidden_state] });
    labelPlain(moved, "How far it travels", `largest difference in a hidden state, 0 to ${number(top, 1)}`);
    setCaption(moved, captions.moved ?? "");
  }
  return { tracks: [prediction.root, moved.root], width: () => prediction.plot.parentElement.clientWidth, update };
}
