// The memory at the chosen time as a row of attention: every step's weight, over the text and in it, and what is weighed.
import { changes, element, part, replace } from "../../core/dom.js";
import { compact, number } from "../../core/format.js";
import { at } from "../../core/payload.js";
import { drawBars } from "../../draw/lines.js";
import { buildTrack, labelPlain, setCaption } from "../../parts/track.js";

const DEEPEST = { light: 65, dark: 42 }; // percent of the colour behind what weighs most: with more, letters are hard to read

// choose(column): the token of a column was pressed
export function buildAttention(choose) {
  const weights = buildTrack("chart", "weights");
  const contents = buildTrack("chart", "contents");
  const text = element("p", { class: "weighed", "aria-hidden": "true" });
  const likeness = part("captions", element("div", { class: "likeness" }));
  const likely = changes();
  weights.plot.after(text);
  contents.caption.remove();
  const root = element("div", { class: "attention" }, weights.root, contents.root, likeness);
  text.onclick = ({ target }) => target.matches("span") && choose([...text.children].indexOf(target));

  // state: of the page; time, source: the columns of the chosen ones
  function update({ header, arrays, column, theme, time, source, colours, heightOf }) {
    const { attention: { total, initial, end, reach: [low, high] }, weighed, memory, axis: { labels }, captions, chosen: { unit }, overall, units } = header;
    const colour = colours.lines[memory.name];
    // What is read later has neither bar nor shade.
    const read = ({ values }) => values.map((value, j) => (Number.isNaN(at(arrays.map, time, j)) ? NaN : value));
    const shown = read(arrays.weights);
    const bottom = Math.min(0, ...arrays.weights.values) < 0 ? -end : 0;
    drawBars(weights.picture, shown, { column, height: heightOf("weights"), low: bottom, high: end, middle: 0, colours: [colours.negative, colour] });
    labelPlain(weights, "As attention", `weight of each step at “${labels[time]}”: ${weighed.made}`, `${bottom ? `±${compact(end)}` : `0 … ${compact(end)}`}${overall ? `, mean over ${units} units` : ""}`);
    weights.label.append(element("strong", {}, `Σ ${number(total)}`), element("small", {}, `in all; ${number(initial)} left of the start`));
    setCaption(weights, captions.attention);
    text.hidden = labels.length < header.steps; // columns of several steps are no text
    if (!text.hidden) drawText(shown, labels, (value) => DEEPEST[theme] * Math.min(1, Math.max(0, value / end)), source, time, colour);
    contents.root.hidden = !arrays.contents;
    if (arrays.contents) {
      const of = weighed.label.toLowerCase();
      drawBars(contents.picture, read(arrays.contents), { column, height: heightOf("contents"), low, high, middle: 0, colours: [colours.negative, colours.positive] });
      contents.picture.setAttribute("aria-label", `${weighed.label} of unit ${unit} at every step read; weight times ${of} is its part of the ${weighed.whole}.`);
      labelPlain(contents, `× ${weighed.label}`, `what each step had on offer; weight × ${of} is its part of the ${weighed.whole}`, `±${compact(high)}`);
    }
    likely.when(weighed.likeness, () => replace(likeness, ...Object.entries(weighed.likeness).map(([head, said]) => element("p", { class: "caption" }, element("strong", {}, head), ` ${said}`))));
  }

  // The text itself, darker behind what weighs more, as papers on attention print it.
  function drawText(values, labels, deep, source, time, colour) {
    text.style.setProperty("--of", colour);
    while (text.children.length > labels.length) text.lastChild.remove();
    while (text.children.length < labels.length) text.append(element("span"));
    labels.forEach((label, k) => {
      const token = text.children[k];
      if (token.textContent !== label) token.textContent = label;
      const unread = Number.isNaN(values[k]);
      token.style.setProperty("--weight", `${(unread ? 0 : deep(values[k])).toFixed(1)}%`);
      token.title = unread ? `“${label}”: not read yet` : `“${label}”: attention weight ${number(values[k], 3)}`;
      token.classList.toggle("unread", unread);
      token.classList.toggle("source", k === source);
      token.classList.toggle("now", k === time);
    });
  }
  return { root, weights, contents, update };
}
