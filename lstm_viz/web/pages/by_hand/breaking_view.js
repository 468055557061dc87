// Break the counter: a switch for every gate of every unit, how the cell states look on a string, and what is still right.
import { element, replace, svg, symbol, unseen } from "../../core/dom.js";
import { clamp } from "../../core/geometry.js";
import { sayAs } from "../../core/said.js";
import { readCuts, writeCuts } from "./broken.js";
import { quiet } from "./goal.js";
import { fill } from "./written.js";

const [WIDE, HIGH] = [64, 40]; // of the picture of a cell state

// act: { shut(text), trial(k), undo(), redo(), search() }; keep: see keeping.js
export function buildBreaking({ header, counter, act, keep }) {
  const words = header.breaking;
  const { gates, units, texts, goals } = words;
  const quantities = Object.fromEntries(header.quantities.map((each) => [each.name, each]));
  const followers = words.network.followers;
  const bar = element("i");
  const state = element("p", { class: "state" });
  const example = element("p", { class: "first-miss" });
  const list = element("ul", { class: "goals" });
  const undo = quiet("Undo", act.undo, "Undo (Ctrl+Z)");
  const redo = quiet("Redo", act.redo, "Redo (Ctrl+Shift+Z or Ctrl+Y)");
  const open = quiet("Open all gates", () => act.shut(""));
  const search = quiet(words.search, act.search);
  const failure = element("p", { class: "told", hidden: "" });
  const found = element("div", { class: "why found-fewest", hidden: "" });
  const goal = element(
    "section", { class: "goal", "aria-label": "The goal" },
    unseen("The goal"),
    element("p", { class: "task" }, fill(words.task, { units })),
    element("small", {}, fill(words.strings, { strings: texts.length, own: words.own })),
    element("div", { class: "progress", "aria-hidden": "true" }, bar), state, example, list,
    element("div", { class: "tools" }, open, undo, redo, search), failure,
  );

  const buttons = new Map(); // "gate.unit" → its switch
  const pictures = [];
  const grid = element("table", { class: "gates" });
  const heads = Array.from({ length: units }, (_, unit) => element("th", { scope: "col" }, String(unit)));
  grid.append(element("tr", {}, element("th", { scope: "row" }, "unit"), ...heads));
  gates.forEach((gate, row) => {
    const cells = heads.map((_, unit) => {
      const button = element("button", { type: "button", "aria-label": `${quantities[gate].label} of unit ${unit}` });
      button.onclick = () => toggle(gate, unit);
      button.onkeydown = (event) => move(event, row, unit);
      buttons.set(`${gate}.${unit}`, button);
      return element("td", {}, button);
    });
    const head = element("th", { scope: "row" }, quantities[gate].label, " ", symbol(quantities[gate].symbol));
    grid.append(element("tr", { class: gate }, head, ...cells));
  });
  const drawn = heads.map((_, unit) => {
    const picture = svg("svg", { role: "img", viewBox: `0 0 ${WIDE} ${HIGH}`, "aria-label": `Cell state of unit ${unit}` });
    pictures.push(picture);
    return element("td", {}, picture);
  });
  const over = element("th", { scope: "row" });
  grid.append(element("tr", { class: "states" }, over, ...drawn));
  const chips = texts.map((text, k) => {
    const chip = element("button", { type: "button", class: "string" });
    chip.onclick = () => act.trial(k);
    return chip;
  });
  const strings = element("div", { class: "strings", role: "group", "aria-label": "Test strings" }, ...chips);
  const root = element("div", { class: "challenge breaking" }, goal, element("div", { class: "wide" }, grid), found, element("h3", {}, "Test strings"), strings);
  let shut = [];
  let shown = "";

  function toggle(gate, unit) {
    const there = shut.some(([name, k]) => name === gate && k === unit);
    act.shut(writeCuts(there ? shut.filter(([name, k]) => name !== gate || k !== unit) : [...shut, [gate, unit]]));
  }

  function move(event, row, unit) {
    const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    buttons.get(`${gates[clamp(row + by[0], gates.length)]}.${clamp(unit + by[1], units)}`).focus();
  }

  // view: { shut, trial, can, theme, searching }
  function update(view) {
    shut = readCuts(view.shut, gates, units);
    const wrong = counter.wrong(shut);
    const right = wrong.filter((each) => !each).length;
    const many = countOf(shut.length);
    for (const [name, button] of buttons) {
      const off = shut.some(([gate, unit]) => name === `${gate}.${unit}`);
      button.setAttribute("aria-pressed", String(off));
      button.textContent = off ? "0" : "";
      button.title = `${button.getAttribute("aria-label")}: ${off ? "shut" : "as it was trained"}`;
    }
    for (const gate of gates) grid.style.setProperty(`--${gate}`, header.themes[view.theme].lines[gate]);
    bar.style.width = `${(100 * right) / texts.length}%`;
    sayAs(state, fill(words.state, { count: many, right, strings: texts.length }));
    const first = wrong.findIndex(Boolean);
    const what = first < 0 ? "" : wrong[first].column ? fill(words.follow, { symbol: `“${followers[wrong[first].column - 1]}”` }) : words.complete;
    example.textContent = first < 0 ? "" : fill(words.example, { text: texts[first], step: wrong[first].step + 1, what });
    for (const { allowed } of goals) if (right <= allowed) keep.reach(`${words.name} ${allowed}`, shut.length);
    replace(list, ...goals.map(({ allowed }) => reached(allowed, right)));
    chips.forEach((chip, k) => {
      const told = `${wrong[k] ? "✕" : "✓"} ${compact(texts[k])}`;
      if (chip.textContent !== told) chip.textContent = told;
      chip.title = `${texts[k]}: ${wrong[k] ? "wrong" : "right"}`;
      chip.classList.toggle("wrong", Boolean(wrong[k]));
      chip.setAttribute("aria-pressed", String(k === clamp(view.trial, texts.length)));
    });
    drawStates(clamp(view.trial, texts.length), view.theme);
    undo.disabled = !view.can.undo;
    redo.disabled = !view.can.redo;
    open.disabled = !shut.length;
    tell(view.searching);
    return goals.every(({ allowed }) => keep.fewest(`${words.name} ${allowed}`) !== null);
  }

  const amount = (allowed) => (allowed ? fill(words.most, { allowed }) : words.none);

  function reached(allowed, right) {
    const best = keep.fewest(`${words.name} ${allowed}`);
    const sign = best === null ? "○" : "✓";
    const said = best === null ? "" : `: ${fill(words.reached, { count: countOf(best) })}`;
    return element("li", { class: best === null ? "" : "done", "data-now": String(right <= allowed) }, `${sign} ${fill(words.goal, { amount: amount(allowed) })}${said}`);
  }

  // Of every unit the cell state over the chosen string, to one scale: which of them count is to be seen.
  function drawStates(k, theme) {
    const { values, shape: [steps] } = counter.run(k, shut).values.cell_state;
    const most = Math.max(1, values.reduce((top, value) => Math.max(top, Math.abs(value)), 0));
    const colour = header.themes[theme].lines.cell_state;
    const y = (value) => HIGH / 2 - (value / most) * (HIGH / 2 - 2);
    pictures.forEach((picture, unit) => {
      const points = Array.from({ length: steps }, (_, step) => `${(((step + 0.5) / steps) * WIDE).toFixed(1)},${y(values[step * units + unit]).toFixed(1)}`);
      const line = svg("polyline", { points: points.join(" "), stroke: colour, fill: "none", "stroke-width": 1.6 });
      replace(picture, svg("line", { class: "level", x1: 0, x2: WIDE, y1: y(0), y2: y(0) }), line);
    });
    replace(over, "Cell state over ", element("code", {}, compact(texts[k])));
  }

  function tell(searching) {
    failure.textContent = header.failed ?? "";
    failure.hidden = !header.failed;
    search.disabled = Boolean(header.found) || searching;
    search.textContent = searching && !header.found ? words.searching : words.search;
    const key = JSON.stringify(header.found);
    if (!header.found || key === shown) return;
    shown = key;
    found.hidden = false;
    const lines = header.found.map(({ level, cuts, words: named }) => {
      const { allowed } = goals.find((each) => each.level === level);
      const text = fill(words.best, { amount: amount(allowed), count: countOf(cuts.length), words: named });
      return element("li", {}, text, " ", quiet("Shut these", () => act.shut(writeCuts(cuts))));
    });
    replace(found, element("h3", {}, words.heading), element("ul", { class: "best" }, ...lines), element("p", {}, fill(words.proof, { exhaustive: words.exhaustive }), " ", words.idea));
  }

  return { root, update, steps: () => 0, step: () => 0 };
}

const countOf = (count) => `${count} gate${count === 1 ? "" : "s"}`;

// aaaaab → a⁵b: a long run of one symbol as a power.
function compact(text) {
  const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  return text.replace(/([ab])\1{3,}/g, (run) => `${run[0]}${[...String(run.length)].map((digit) => RAISED[digit]).join("")}`);
}
