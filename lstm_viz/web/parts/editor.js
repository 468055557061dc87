// The text, the examples to start from, and what the page has to say about the text.
import { element, part, replace } from "../core/dom.js";
import { endOfChange, isLong } from "../core/text.js";
import { buildBlanks } from "./blanks.js";
import { buildChips } from "./chips.js";
import { buildCurve } from "./curve.js";
import { buildKeeping } from "./saved_view.js";
import { buildThroughTraining } from "./timeline/through_training.js";
import { buildUndo } from "./undo_buttons.js";

const SURELY = { lines: 100, characters: 20000 }; // of a text that fills the editor, whatever its letters

// tell: see mount.js
export function buildEditor(tell) {
  const area = element("textarea", {
    class: "lv-editor",
    rows: 1,
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    "aria-label": "Your text: every key updates the view",
    placeholder: "Type here",
  });
  const examples = buildChips("Examples", "Try", (k) => write(listed[k].text, "example"));
  const waiting = element("p", { class: "waiting", role: "status" });
  const status = part("count", element("p", { class: "status" }));
  const problem = element("p", { class: "problem", role: "alert", hidden: "" });
  const hint = part("look_for", element("p", { class: "hint" }));
  const keeping = buildKeeping((content) => tell(["open", content]), (values) => tell(["set", values]));
  const undo = buildUndo(tell);
  const blanks = buildBlanks(area);
  const through = buildThroughTraining(tell);
  const curve = buildCurve((text) => write(text, "type"), (letter) => tell(["degrees", letter]));
  let doing = "type"; // what it is that changes the text
  area.oninput = () => {
    settle();
    tell([doing, area.value]);
  };
  const root = element("section", { class: "editor" });
  const paper = part("editor", element("div", { class: "paper" }, blanks.root, area, waiting));
  root.append(part("examples", examples.root), part("editor", curve.root), paper, problem, element("div", { class: "below" }, hint, status, part("undo", undo.root), keeping.root), part("through_training", through.root));

  let listed = [];
  function settle() {
    fit(area);
    root.parentElement?.style.setProperty("--stuck", `${paper.offsetHeight}px`);
    if (root.dataset.kind === "characters") blanks.draw();
  }
  // rest(): what was typed goes to the server now; settled(): a promise of whether it has answered all; ask, about: see
  // take_away.js
  function attend({ rest, ...page }) {
    area.addEventListener("blur", rest);
    through.attend(rest);
    keeping.attend(page);
  }
  // What is said of the text.
  function update(header, mayReplaceText) {
    const { editor } = header;
    root.hidden = editor.kind === "none"; // what was recorded cannot be edited
    const fresh = root.dataset.kind !== editor.kind || (mayReplaceText && header.text !== area.value);
    root.dataset.kind = editor.kind;
    if (mayReplaceText) put(header.text);
    if (fresh) settle();
    listed = header.examples;
    examples.update(listed.map(({ title }) => title), listed.flatMap(({ text }, k) => (text === header.text ? [k] : [])));
    if (problem.textContent !== header.problem) problem.textContent = header.problem;
    problem.hidden = !header.problem;
    keeping.update(header);
    undo.update(header);
    through.update(header);
    const chosen = header.examples.find((example) => example.text === header.text);
    const said = chosen ? ["What to look for", chosen.look_for] : ["Your last edit", header.edit];
    replace(hint, element("strong", {}, said[0]), " ", said[1]);
    hint.style.visibility = said[1] ? "visible" : "hidden";
  }
  // What is counted of it; series: for numbers, what the curve draws; theme: "light" or "dark".
  function count(header, series, theme) {
    through.follow(header, theme);
    const { editor, menu } = header;
    curve.update(editor, series, menu, header.unreadable);
    status.textContent = `${header.count.toLocaleString("en-US")} of at most ${editor.limit.toLocaleString("en-US")} ${editor.noun}`;
  }
  function away(silent) {
    waiting.textContent = silent ? "The server is silent: sentences, links and other networks wait for it" : "";
  }
  // The caret goes where the text has changed.
  function put(text) {
    if (text === area.value) return;
    const end = endOfChange(area.value, text);
    area.value = text;
    area.setSelectionRange(end, end);
  }
  // As if typed, but all at once.
  function write(text, how) {
    if (area.readOnly) return;
    put(text);
    doing = how;
    area.dispatchEvent(new Event("input"));
    doing = "type";
  }
  function lock(locked) {
    area.readOnly = locked;
  }
  return { root, area, attend, update, count, put: (text) => (put(text), settle()), away, lock, fit: settle, taken: keeping.taken, close: keeping.close };
}

function fit(area) {
  const tallest = Math.max(64, window.innerHeight * 0.2);
  let height = tallest;
  // To measure a text of 100,000 lines takes a browser seconds.
  if (!isLong(area.value, SURELY)) {
    area.style.height = "auto";
    height = Math.min(area.scrollHeight + 2, tallest);
  }
  area.style.height = `${height}px`;
}
