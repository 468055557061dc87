// The text, the examples to start from, and what the page has to say about the text.
import { element, replace } from "../core/dom.js";
import { buildBlanks } from "./blanks.js";
import { buildChips } from "./chips.js";
import { buildCurve } from "./curve.js";
import { buildKeeping } from "./saved_view.js";

// write(text, isExample): the text has changed
export function buildEditor(tell, write = (text, example) => tell(example ? { text, example } : { text })) {
  const area = element("textarea", {
    class: "lv-editor",
    rows: 1,
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    "aria-label": "Your text: every key updates the view",
    placeholder: "Type here",
  });
  const examples = buildChips("Examples", "Try", (k, button) => put(listed[k].text, button));
  const status = element("p", { class: "status", role: "status" });
  const problem = element("p", { class: "problem", role: "alert", hidden: "" });
  const hint = element("p", { class: "hint" });
  const keeping = buildKeeping((file) => tell({ file }));
  const blanks = buildBlanks(area);
  const curve = buildCurve((text) => {
    area.value = text;
    area.dispatchEvent(new Event("input"));
  }, (degrees) => tell({ degrees }));
  let inserted = false; // whether it is an example that the text changes to
  area.oninput = () => {
    settle();
    write(area.value, inserted);
  };
  const root = element("section", { class: "editor" });
  const paper = element("div", { class: "paper" }, blanks.root, area);
  root.append(examples.root, curve.root, paper, problem, element("div", { class: "below" }, hint, status, keeping.root));

  let listed = [];
  function settle() {
    fit(area);
    root.parentElement?.style.setProperty("--stuck", `${paper.offsetHeight}px`);
    if (root.dataset.kind === "characters") blanks.draw();
  }
  // series: for numbers, what the curve draws
  function update(header, mayReplaceText, series) {
    const { editor = { kind: "words" }, menu } = header;
    const fresh = root.dataset.kind !== editor.kind || (mayReplaceText && header.text !== area.value);
    root.dataset.kind = editor.kind;
    if (mayReplaceText && header.text !== area.value) area.value = header.text;
    if (fresh) settle();
    if (menu) curve.update(editor, mayReplaceText ? series : null, menu, header.unreadable);
    listed = header.examples;
    examples.update(listed.map(({ title }) => title), listed.flatMap(({ text }, k) => (text === header.text ? [k] : [])));
    status.textContent = header.status;
    problem.textContent = header.problem;
    problem.hidden = !header.problem;
    keeping.update(header);
    const chosen = header.examples.find((example) => example.text === header.text);
    const said = chosen ? ["What to look for", chosen.look_for] : ["Your last edit", header.edit];
    replace(hint, element("strong", {}, said[0]), " ", said[1]);
    hint.style.visibility = said[1] ? "visible" : "hidden";
  }
  function put(text, button) {
    // Typed in, so that the browser's own undo brings back what was there.
    area.focus();
    area.select();
    inserted = true;
    if (!document.execCommand("insertText", false, text) || area.value !== text) {
      area.value = text;
      area.oninput();
    }
    inserted = false;
    button.focus();
  }
  return { root, area, update, fit: settle };
}

function fit(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, Math.max(64, window.innerHeight * 0.2))}px`;
}
