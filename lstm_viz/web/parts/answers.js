// What the network answers after every step, drawn as fits the answer: bars around even, a strip a class or an output,
// the next symbols, or a series with its forecast. Below it, where the task asks, what may follow.
import { element, part, replace } from "../core/dom.js";
import { number, probability } from "../core/format.js";
import { columnOf } from "../core/geometry.js";
import { at } from "../core/payload.js";
import { presented } from "../core/presented.js";
import { drawForecast } from "../draw/forecast.js";
import { drawChoices, LEGIBLE } from "../draw/likeliest.js";
import { drawBars } from "../draw/lines.js";
import { buildStrips } from "./strips.js";
import { buildTrack, labelPlain, setCaption } from "./track.js";

const HEIGHT = { bars: 64, next: 64, numbers: 150 };
const ALONE = 300; // for a lecture hall, where no heatmap stands below
const MONO = "13px 'Source Code Pro', ui-monospace, 'DejaVu Sans Mono', monospace";

export function buildAnswers() {
  const main = buildTrack("chart", "prediction");
  const choices = buildTrack("choices", "choices");
  choices.caption.className = "help";
  const classes = buildStrips("prediction");
  const followers = buildStrips("followers");
  const listed = element("dl", { class: "likeliest" });
  const root = part("answers", element("div", { class: "answers" }, main.root, choices.root, classes.root, followers.root));

  function update({ header, arrays, column }, colours) {
    const { prediction } = header;
    const kind = prediction?.kind ?? "bars";
    const inStrips = kind === "classes" || kind === "outputs";
    main.root.hidden = !prediction || inStrips;
    choices.root.hidden = kind !== "next";
    main.root.dataset.kind = kind;
    if (!main.root.hidden) setCaption(main, header.captions.prediction);
    if (kind === "numbers") numbers(header, arrays, column, colours);
    else if (!main.root.hidden) bars(header, arrays, column, colours, kind);
    if (kind === "next") next(header, arrays, column, colours);
    const { answer: words, captions } = header;
    const strips = (spec, title, caption = "", likely = null) => spec && { ...spec, title, caption, likely };
    const limits = kind === "outputs" ? [prediction.low, prediction.high] : null;
    const stops = limits ? colours.scales.hidden_state : colours.probability;
    classes.update(inStrips && { ...strips(prediction, words.title, captions.prediction), limits }, arrays.prediction, stops);
    followers.update(strips(header.followers, words.followers, captions.followers, words.likely), arrays.followers, colours.probability);
  }

  function heightOf(kind) {
    if (!presented()) return HEIGHT[kind];
    const maps = [...(root.parentElement?.querySelectorAll(".heatmap-track") ?? [])];
    return maps.some((map) => map.getClientRects().length) ? HEIGHT[kind] : ALONE;
  }

  function bars({ prediction, answer: { title }, editor }, { prediction: { values } }, column, colours, kind) {
    const { low, high, middle, ends } = prediction;
    const sides = kind === "next" ? [colours.positive, colours.positive] : [colours.negative, colours.positive];
    drawBars(main.picture, values, { column, height: heightOf(kind), low, high, middle, colours: sides });
    if (kind === "next") return labelPlain(main, title, "what came next had been given this probability");
    labelPlain(main, title, `↑ ${ends[1]}  ↓ ${ends[0]}`);
    const noun = (editor?.noun ?? "steps").replace(/s$/, "");
    main.label.firstChild.after(element("strong", { title: `after the last ${noun}` }, number(prediction.last)));
  }

  function numbers({ prediction, answer: { title, unit }, axis, steps, editor }, arrays, column, colours) {
    const { ahead, total, marked, low, high, last } = prediction;
    const guesses = arrays.prediction.values;
    drawForecast(main.picture, {
      ...{ inputs: arrays.input.values, guesses, ahead, total, marked, steps, low, high, unit, column },
      ...{ width: axis.edges[1] - axis.edges[0], height: heightOf("numbers"), colour: colours.positive, room: roomFor({ prediction, axis }) },
    });
    const unitShown = unit && ` ${unit}`;
    const keys = [key("given", `the ${editor.noun} themselves`), key("guess", ahead.length ? "guessed one step before" : "the guess so far", colours.positive)];
    if (ahead.length) keys.push(key("ahead", `forecast, ${ahead.length} ${editor.noun} on`, colours.positive));
    if (total.length) keys.push(key("total", marked.length > 1 ? "the true sum" : "the marked number", colours.positive));
    labelPlain(main, title);
    main.label.append(element("strong", {}, number(last) + unitShown), element("div", { class: "keys-of" }, ...keys));
  }

  function next({ prediction, axis, steps }, { choices: shares }, column, colours) {
    const single = axis.labels.length === steps;
    drawChoices(choices.picture, {
      ...{ choices: prediction.choices, shares, column, stops: colours.probability, font: MONO },
      ...{ ink: colours.ink, paper: colours.paper, frame: colours.positive },
      next: axis.labels.map((_, k) => (single ? axis.labels[k + 1] : null)),
    });
    choices.picture.setAttribute("aria-label", "The five likeliest next characters after every step.");
    const framed = single && column >= LEGIBLE ? " Framed: what then came." : "";
    choices.caption.textContent = `Down each column: what the network expects next, the likeliest first.${framed}`;
  }

  // The answer at the chosen step, exact where it is known, else that of its column.
  function select({ header, arrays, step }, exact) {
    const { prediction } = header;
    const column = columnOf(header.axis.edges, step);
    classes.select(arrays.prediction, column, exact?.prediction);
    followers.select(arrays.followers, column, exact?.followers);
    if (prediction?.kind !== "next") return;
    const shown = exact?.choices ?? prediction.choices[column].map((symbol, k) => [symbol, at(arrays.choices, column, k)]);
    labelPlain(choices, "Expected next", `after “${exact ? header.chosen.token : header.axis.labels[column]}”`);
    replace(listed, ...shown.map(([symbol, share]) => element("div", {}, element("dt", {}, symbol), element("dd", {}, probability(share)))));
    choices.label.append(listed);
  }

  // What the pointer is on, in words, or null where that is none of the answers.
  function describe({ header, arrays }, column, name) {
    const token = `“${header.axis.labels[column]}”`;
    const { prediction, followers: after, answer: words } = header;
    const [view, row] = name.split(":");
    const k = Number(row ?? 0);
    if (view === "followers") return [token, `${after.names[k]} may follow: ${number(at(arrays.followers, column, k), 3)}`];
    if (view === "choices") return [token, ...prediction.choices[column].map((symbol, rank) => `${symbol}  ${number(at(arrays.choices, column, rank), 3)}`)];
    if (view !== "prediction") return null;
    const value = at(arrays.prediction, column, k);
    if (Number.isNaN(value)) return [token, "nothing has come after it yet"];
    const title = row ? prediction.names[k] : prediction.kind === "numbers" ? "guess after it" : words.title;
    return [token, `${title} ${number(value, 3)} ${words.unit}`.trim()];
  }
  return { root, update, select, describe };
}

// How many columns to keep free on the right, for a forecast.
export function roomFor({ prediction, axis }) {
  return prediction?.ahead?.length ? Math.ceil(prediction.ahead.length / (axis.edges[1] - axis.edges[0])) : 0;
}

function key(kind, text, colour = "") {
  const sample = element("i", { class: `sample ${kind}` });
  if (colour) sample.style.borderColor = colour;
  return element("small", {}, sample, text);
}
