// The text, the examples to start from, and what the page has to say about the text.
import { buildBlanks } from "./blanks.js";
import { buildCurve } from "./curve.js";
import { element, replace } from "./dom.js";
import { buildKeeping } from "./keeping.js";

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
  const examples = element("div", { class: "examples", role: "group", "aria-label": "Examples" });
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
  root.append(examples, curve.root, paper, problem, element("div", { class: "below" }, hint, status, keeping.root));

  let listed = "";
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
    const titles = header.examples.map((example) => example.title + example.text).join();
    if (listed !== titles) {
      listed = titles;
      replace(examples, element("span", { class: "lead" }, "Try"), ...header.examples.map(chip));
    }
    header.examples.forEach((example, k) => {
      examples.children[k + 1].setAttribute("aria-pressed", example.text === header.text);
    });
    status.textContent = header.status;
    problem.textContent = header.problem;
    problem.hidden = !header.problem;
    keeping.update(header);
    const chosen = header.examples.find((example) => example.text === header.text);
    const said = chosen ? ["What to look for", chosen.look_for] : ["Your last edit", header.edit];
    replace(hint, element("strong", {}, said[0]), " ", said[1]);
    hint.style.visibility = said[1] ? "visible" : "hidden";
  }
  function chip(example) {
    const button = element("button", { type: "button", class: "chip" }, example.title);
    button.onclick = () => {
      // Typed in, so that the browser's own undo brings back what was there.
      area.focus();
      area.select();
      inserted = true;
      if (!document.execCommand("insertText", false, example.text) || area.value !== example.text) {
        area.value = example.text;
        area.oninput();
      }
      inserted = false;
      button.focus();
    };
    return button;
  }
  return { root, area, update, fit: settle };
}

function fit(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, Math.max(64, window.innerHeight * 0.2))}px`;
}
