// One challenge: the goal on top, below it what arrives and what the goal looks at, then a row for each calculation, its
// sliders beside its track, and the other state.
import { element, replace, symbol } from "../../core/dom.js";
import { followPointer } from "../../core/pointer.js";
import { number } from "../../core/format.js";
import { clamp, columnWidth } from "../../core/geometry.js";
import { buildTrack } from "../../parts/track.js";
import { buildGoal, missWords } from "./goal.js";
import { judgeValues } from "./judging.js";
import { buildPanel, precise, short } from "./panel.js";
import { buildInputs, drawGate, drawInputs, drawState, setLabel } from "./picture.js";
import { inputsOf, tokensOf, wanted } from "./sequence.js";
import { stateOf, unitOf } from "./unit.js";
import { fill } from "./written.js";

// header, arrays: of the server's message; name: of the challenge; act: see goal.js, and besides set(row, column, value),
// trial(k), write(text), choose(step)
export function buildChallenge({ header, arrays, name, module, act }) {
  const challenge = header.challenges.find((each) => each.name === name);
  const columns = challenge.inputs.length + 2;
  const quantities = Object.fromEntries(header.quantities.map((each) => [each.name, each]));
  const named = Object.fromEntries(header.quantities.map((each) => [each.name, each.label]));
  const trials = challenge.trials.map((trial) => ({
    ...trial,
    tokens: tokensOf(challenge, trial.text, Infinity),
    inputs: arrays[trial.arrays.inputs],
    low: arrays[trial.arrays.low].values,
    high: arrays[trial.arrays.high].values,
  }));
  const labels = trials.map((trial) => trial.name);
  const state = { header: { steps: 0, axis: { labels: [], edges: [] }, order: [0] }, step: 0, unit: 0 };

  const goal = buildGoal({ ...act, show: () => act.show(shown.misses[0]) });
  const menu = element("select", { "aria-label": "Which sequence is on show" });
  const field = element("textarea", { rows: 1, spellcheck: "false", autocapitalize: "off", "aria-label": "The sequence" });
  const told = element("p", { class: "told" });
  const back = element("button", { type: "button", class: "quiet step", "aria-label": "One step back" }, "←");
  const forth = element("button", { type: "button", class: "quiet step", "aria-label": "One step on" }, "→");
  const where = element("span", { class: "at" });
  const chooser = element("div", { class: "sequence" }, menu, field, element("div", { class: "stepping" }, back, where, forth));
  const inputs = buildInputs();
  const read = buildTrack("chart", challenge.reads);
  const others = ["cell_state", "hidden_state"].filter((each) => each !== challenge.reads).map((each) => [each, buildTrack("chart", each)]);
  const states = [[challenge.reads, read], ...others];
  const panels = header.order.map((row) => {
    const at = header.rows.indexOf(row);
    const panel = buildPanel({
      quantity: quantities[row],
      columns: [
        ...challenge.inputs.map(([input, meaning]) => ({ html: input === "," ? "comma" : input, title: `${input === "," ? "comma" : input}: ${meaning}` })),
        { html: header.before.hidden_state, title: "the unit’s own hidden state, a step ago" },
        { html: "bias", title: "the bias, which is added at every step" },
      ],
      limits: header.limits,
      note: row === "output_gate" && challenge.reads === "cell_state" ? header.unread : "",
      onSet: (column, value) => act.set(at * columns + column, value),
    });
    const track = buildTrack("chart", row);
    track.root.classList.add("with-panel");
    track.root.dataset.part = row;
    setLabel(track.label, panel.root);
    return { row, at, panel, track };
  });
  const top = element("div", { class: "top" }, inputs.root, read.root);
  const tracks = element("div", { class: "tracks" }, top, ...panels.map(({ track }) => track.root), ...others.map(([, track]) => track.root));
  const root = element("div", { class: "challenge" }, goal.root, chooser, told, tracks);
  menu.append(...labels.map((label, k) => element("option", { value: k }, `Trial ${k + 1}: ${label}`)), element("option", { value: "own" }, "Your own sequence"));
  menu.onchange = () => (menu.value === "own" ? act.write(field.value) : act.trial(Number(menu.value)));
  field.oninput = () => act.write(field.value);
  field.onkeydown = (event) => {
    if (event.key === "Enter") event.preventDefault();
  };
  back.onclick = () => act.choose(clamp(state.step - 1, state.header.steps));
  forth.onclick = () => act.choose(clamp(state.step + 1, state.header.steps));
  for (const [each, track] of states) {
    track.root.dataset.part = each;
    track.swatch = element("i", { class: "swatch" });
    track.sum = element("p", { class: "sum" });
    track.now = element("p", { class: "so-far" });
    const what = each === challenge.reads ? element("small", { class: "look" }, "should stay in the shaded room") : element("small", {}, quantities[each].meaning);
    setLabel(track.label, element("h3", {}, track.swatch, quantities[each].label, symbol(quantities[each].symbol)), what, track.sum, ...(each === challenge.reads ? [track.now] : []));
  }
  setLabel(inputs.label, element("h3", {}, "Inputs"), element("small", {}, challenge.inputs.map(([input]) => (input === "," ? "comma" : input)).join(" and ")));
  followPointer({ root, workspace: tracks, state, rows: { row: 1, unit: 0 }, choose: (step) => act.choose(step), describe });

  let shown = { misses: [] };
  let current = null;

  function describe(step) {
    if (!current) return [];
    const { layer, arriving } = current;
    const values = header.order.map((row) => `${named[row]} ${precise(layer.values[row].values[step])}`);
    const cell = ["cell_state", "hidden_state"].map((row) => `${named[row]} ${precise(stateOf(layer, row)[step])}`);
    return [`step ${step}: ${arriving(step).join(", ")}`, ...values, ...cell];
  }

  // view: { weights, trial, sequence, step, hinted, told, before, can, theme } → { judged, solved }
  function update(view) {
    const unit = unitOf(module, view.weights, columns);
    const runs = trials.map((trial) => unit(trial.inputs));
    const judged = judgeValues(trials, runs.map((layer) => stateOf(layer, challenge.reads)), challenge.hold);
    const own = view.sequence !== null;
    const k = clamp(view.trial, trials.length);
    const sequence = own ? ownSequence(view.sequence, unit) : { ...trials[k], layer: runs[k], miss: judged.misses.find((miss) => miss.trial === k) };
    shown = judged;
    const solved = judged.passed === judged.trials;
    read.now.textContent = `${solved ? "✓ " : ""}${fill(challenge.state, { ...judged, hold: challenge.hold, error: number(judged.error, 2) })}`;
    read.now.classList.toggle("done", solved);
    const first = judged.misses[0];
    const there = first ? header.order.map((row) => `${named[row].toLowerCase()} ${precise(runs[first.trial].values[row].values[first.step])}`).join(", ") : "";
    goal.update({ challenge, judged, there, words: header.miss, hinted: view.hinted, told: view.told, before: view.before, can: view.can, labels, named });
    menu.value = own ? "own" : String(k);
    if (own ? field.value !== view.sequence : field.value !== sequence.text) field.value = own ? view.sequence : sequence.text;
    told.textContent = own ? aboutOwn(sequence) : "";
    told.hidden = !own;
    draw(sequence, view);
    return judged;
  }

  function ownSequence(text, unit) {
    const tokens = tokensOf(challenge, text, header.limits.longest);
    const { inputs: arriving, strange } = inputsOf(challenge, tokens);
    if (!tokens.length) return { tokens, inputs: arriving, layer: null, miss: null, strange };
    const layer = unit(arriving);
    const ends = wanted(challenge, arriving);
    const found = judgeValues([{ ...ends, begins: [0] }], [stateOf(layer, challenge.reads)], challenge.hold);
    return { tokens, inputs: arriving, layer, ...ends, strange, passed: found.passed, miss: found.misses[0] };
  }

  function aboutOwn({ tokens, strange, miss, low }) {
    const cut = tokens.length === header.limits.longest ? `Only the first ${header.limits.longest} steps are read.` : "";
    if (!tokens.length) return header.ownState.empty;
    const asked = [...low].some((each) => !Number.isNaN(each));
    const verdict = !asked ? header.ownState.nothing : miss ? missWords({ ...miss, trial: null }, { words: header.miss, challenge, labels, named }) : header.ownState.right;
    return [strange && header.ownState.strange.replace("{token}", strange.slice(0, 20)), cut, verdict].filter(Boolean).join(" ");
  }

  function draw(sequence, view) {
    const { layer, tokens } = sequence;
    const steps = tokens.length;
    state.header = { steps, axis: { labels: tokens, edges: tokens.map((_, step) => step) }, order: [0] };
    state.step = steps ? clamp(view.step, steps) : 0;
    const colours = header.themes[view.theme].lines;
    tracks.hidden = !layer;
    if (!layer) return (current = null);
    const available = read.plot.parentElement.clientWidth;
    const column = columnWidth(available, steps);
    tracks.style.setProperty("--columns", steps);
    tracks.style.setProperty("--column", `${column}px`);
    tracks.style.setProperty("--chosen", state.step);
    tracks.style.setProperty("--stuck", `${top.offsetHeight}px`); // what a focus may not be hidden behind
    const arriving = (step) => challenge.inputs.map(([input], at) => `${input === "," ? "comma" : input} ${short(sequence.inputs.values[step * challenge.inputs.length + at])}`);
    current = { layer, arriving };
    where.textContent = `step ${state.step} of ${steps - 1}: ${arriving(state.step).join(", ")}`;
    const hidden = stateOf(layer, "hidden_state");
    const cell = stateOf(layer, "cell_state");
    const before = (values) => (state.step ? values[state.step - 1] : 0);
    const factors = [...challenge.inputs.map((_, at) => sequence.inputs.values[state.step * challenge.inputs.length + at]), before(hidden), 1];
    drawInputs(inputs, challenge, { inputs: sequence.inputs, tokens, column, colour: colours.inputs, chosen: state.step });
    const now = (row) => layer.values[row].values[state.step];
    for (const { row, at, panel, track } of panels) {
      const own = view.weights.slice(at * columns, (at + 1) * columns);
      panel.update({ weights: own, arriving: factors, value: now(row), colour: colours[row] });
      drawGate(track, layer.values[row].values, { column, quantity: quantities[row], colour: colours[row] });
      track.picture.setAttribute("aria-label", `${named[row]} over time, ${precise(now(row))} at step ${state.step}`);
    }
    for (const [each, track] of states) {
      const values = each === "cell_state" ? cell : hidden;
      const isRead = each === challenge.reads;
      track.swatch.style.background = colours[each];
      drawState(track, values, {
        column, quantity: quantities[each], colour: colours[each],
        goal: isRead ? { low: sequence.low, high: sequence.high } : null,
        miss: isRead && sequence.miss ? sequence.miss.step : null, missName: "first miss",
      });
      track.picture.setAttribute("aria-label", `${named[each]} over time, ${precise(values[state.step])} at step ${state.step}`);
    }
    const [f, i, g, o] = ["forget_gate", "input_gate", "candidate", "output_gate"].map(now);
    const sums = {
      cell_state: [` = ${short(f)} · ${signed(before(cell))} + ${short(i)} · ${signed(g)} = `, cell[state.step]],
      hidden_state: [` = ${short(o)} · tanh(${short(cell[state.step])}) = `, hidden[state.step]],
    };
    for (const [each, track] of states) replace(track.sum, symbol(quantities[each].symbol), sums[each][0], element("strong", {}, number(sums[each][1], 2)));
  }

  const says = () => describe(state.step).join(", ");
  return { root, update, challenge, state, says, steps: () => state.header.steps, step: () => state.step };
}

const signed = (value) => (value < 0 ? `(${short(value)})` : short(value));
