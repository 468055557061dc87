// What the user may do: hold a gate, change a token, undo; and the list of what is held.
import { element, replace, replaceListed } from "../../core/dom.js";
import { parse, write } from "../../doing/holding.js";
import { keyHints } from "../../parts/key_hints.js";
import { buildSidePanel } from "../../parts/side_panel.js";

export function buildPanel(act) {
  const refusal = element("p", { class: "note", role: "alert", hidden: "" });
  let asked = null; // the form of the last thing that was asked for here
  let [here, there] = ["", ""]; // why it was not done: what this page says, and what the server says
  const from = (place) => (action) => {
    [asked, here] = [place(), ""];
    act(action);
  };
  const refuse = (place) => (why) => {
    [asked, here] = [place(), why];
    say();
  };
  const form = buildForm(from(() => form.root), refuse(() => form.root));
  const list = element("ul", { class: "clamps", "aria-label": "What is held" });
  const clear = quiet("Release all", () => act(["release all"]));
  const token = buildTokenForm(from(() => token.root));
  const root = buildSidePanel("Clamps and edits", form.root, list, clear, token.root, keyHints());

  function update(header, { step, unit }, label) {
    there = header.refusal;
    say();
    const held = rowsOf(header);
    replaceListed(list, held.map((clamp, k) => item(clamp, () => act(["release", k]))), form.gate);
    if (held.length < 2 && clear.matches(":focus")) (list.querySelector("button") ?? form.gate).focus();
    clear.hidden = held.length < 2;
    form.update(header, step, unit);
    token.update(header, step, label);
  }
  // Where it was asked for.
  function say() {
    refusal.textContent = here || there;
    refusal.hidden = !asked || !refusal.textContent;
    asked?.append(refusal);
  }
  return { root, update, aim: form.aim, refuses: () => asked !== null, elsewhere: () => (asked = null) };
}

function quiet(text, onclick, title = "") {
  const button = element("button", { type: "button", class: "quiet" }, text);
  if (title) button.title = title;
  button.onclick = onclick;
  return button;
}

// What is held, as the server has it in words; of what it has not heard of yet, only what and at which value.
function rowsOf({ settings: { clamps }, clamps: said, holdable }) {
  return parse(clamps).map((hold) => {
    const { quantity, value } = hold;
    const [, label] = holdable.find(([name]) => name === quantity) ?? ["", quantity];
    const yet = { title: `${label} = ${value === null ? "its mean" : signed(value)}`, where: "\u00a0", note: "", active: true };
    return said.find(({ line }) => line === write([hold])) ?? yet;
  });
}

function signed(value) {
  return String(value).replace("-", "−");
}

function item({ title, where, note, active }, release) {
  const button = element("button", { type: "button", class: "quiet", "aria-label": `Release ${title}, ${where}` }, "×");
  button.onclick = release;
  const text = element("div", {}, element("strong", {}, title), element("small", { class: "said" }, where));
  if (note) text.append(element("small", { class: "note said" }, active ? `In part: ${note}.` : `Inactive: ${note}.`));
  return element("li", { class: active ? "" : "inactive" }, text, button);
}

function field(label, name, placeholder) {
  const input = element("input", { type: "text", name, placeholder, autocomplete: "off", spellcheck: "false" });
  return { input, root: element("label", { class: "field" }, label, input) };
}

function buildForm(act, refuse) {
  const gate = element("select", { name: "gate", "aria-label": "What to hold" });
  const units = field("units", "units", "all, or 3, 5-8");
  const steps = field("steps", "steps", "all, or 0-4");
  const value = field("value", "value", "0.5");
  const hold = (at) => {
    const empty = Object.entries({ units, steps }).find(([, { input }]) => !input.value.trim());
    if (empty) refuse(`Say which ${empty[0]}: numbers and ranges such as 3, 5-8, or “all”.`);
    else act(["hold", gate.value, at, units.input.value, steps.input.value]);
  };
  const presets = element("div", { class: "values-row" });
  const other = element("form", { class: "values-row" }, value.root, element("button", { class: "quiet" }, "Hold"));
  other.onsubmit = (event) => {
    event.preventDefault();
    hold(value.input.value);
  };
  const all = (target) => quiet("all", () => (target.value = "all"));
  const row = element("div", { class: "places" }, units.root, all(units.input), steps.root, all(steps.input));
  const hint = element("small", {}, "Click a cell of a heatmap, or drag over several, to choose units and steps.");
  const root = element("div", { class: "hold", role: "group", "aria-label": "Hold a gate or a state" }, element("h3", {}, "Hold a gate or a state"), gate, row, hint, presets, other);
  let holdable = [];
  let shown = "";
  let chosen = {};

  gate.onchange = () => drawValues();
  function drawValues() {
    const [, , [low]] = holdable.find(([name]) => name === gate.value) ?? ["", "", [0, 1]];
    const offered = low === 0 ? [["Shut (0)", "0"], ["Open (1)", "1"]] : [["Zero", "0"], ["−1", "-1"], ["1", "1"]];
    replace(presets, ...[...offered, ["Its mean", "mean"]].map(([text, at]) => quiet(text, () => hold(at))));
    presets.lastChild.title = "Each unit’s own mean over this text, with nothing held";
  }
  function update(header, step, unit) {
    follow(step, unit);
    const names = header.holdable.map(([name]) => name).join();
    root.hidden = !header.holdable.length;
    const isNew = names !== holdable.map(([name]) => name).join();
    if (!isNew && shown === header.quantity.name) return;
    const kept = gate.value;
    holdable = header.holdable;
    shown = header.quantity.name;
    replace(gate, ...holdable.map(([name, label]) => element("option", { value: name }, label)));
    gate.value = [shown, kept, holdable[0]?.[0]].find((name) => holdable.some(([each]) => each === name)) ?? "";
    drawValues();
  }
  // The fields name the place that is chosen, however it came to be chosen.
  function follow(step, unit) {
    if (chosen.unit === undefined) units.input.value = "all";
    else if (unit !== chosen.unit && units.input.value !== "all") units.input.value = String(unit);
    if (step !== chosen.step) steps.input.value = String(step);
    chosen = { step, unit };
  }
  // What a click or a drag in a heatmap points at.
  function aim(quantity, unitText, stepText) {
    if (quantity && holdable.some(([name]) => name === quantity)) gate.value = quantity;
    units.input.value = unitText;
    steps.input.value = stepText;
    drawValues();
  }
  return { root, gate, update, aim };
}

function buildTokenForm(act) {
  const title = element("h3");
  const input = element("input", { type: "text", "aria-label": "Replace the token with", autocomplete: "off", spellcheck: "false" });
  const state = { step: 0 };
  const form = element("form", { class: "values-row" }, input, element("button", { class: "quiet" }, "Replace"));
  form.onsubmit = (event) => {
    event.preventDefault();
    act(["replace", state.step, input.value]);
    input.value = "";
  };
  const row = element("div", { class: "values-row" });
  row.append(quiet("Drop", () => act(["drop", state.step])), quiet("← Move", () => act(["move", state.step, -1])), quiet("Move →", () => act(["move", state.step, 1])));
  const compared = element("small");
  const keep = quiet("Compare from here", () => act(["compare from here"]), "Take the text as it is now as the one to compare with");
  const putBack = quiet("Take it back", () => act(["put back"]), "Return to the text compared with");
  const comparison = element("div", { class: "comparison" }, compared, element("div", { class: "values-row" }, keep, putBack));
  const root = element("div", { class: "token-form", role: "group", "aria-label": "Change a token" }, title, form, row, comparison);
  function update(header, step, label) {
    state.step = step;
    title.textContent = `Change “${label}” (step ${step})`;
    input.placeholder = label;
    const { before, text = header.text } = header.settings;
    comparison.hidden = before === null || before === text;
    compared.textContent = `Compared with: ${before ?? ""}`;
  }
  return { root, update };
}
