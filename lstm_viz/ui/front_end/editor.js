// The text, the examples to start from, and what the page has to say about the text.
import { copyAddress } from "./address.js";
import { element, replace } from "./dom.js";

export function buildEditor(onText, onExample) {
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
  const copy = element("button", { type: "button", class: "quiet", title: "Copy a link to exactly this view" }, "Copy link");
  copy.onclick = async () => {
    await copyAddress();
    copy.textContent = "Copied";
    setTimeout(() => (copy.textContent = "Copy link"), 1500);
  };
  area.oninput = () => {
    fit(area);
    onText(area.value);
  };
  const root = element("section", { class: "editor" });
  root.append(examples, area, problem, element("div", { class: "below" }, hint, status, copy));

  function update(header, mayReplaceText) {
    if (mayReplaceText && header.text !== area.value) {
      area.value = header.text;
      fit(area);
    }
    if (examples.childElementCount !== header.examples.length + 1) {
      replace(examples, element("span", { class: "lead" }, "Try"), ...header.examples.map(chip));
    }
    header.examples.forEach((example, k) => {
      examples.children[k + 1].setAttribute("aria-pressed", example.text === header.text);
    });
    status.textContent = header.status;
    problem.textContent = header.problem;
    problem.hidden = !header.problem;
    const chosen = header.examples.find((example) => example.text === header.text);
    const said = chosen ? ["What to look for", chosen.look_for] : ["Your last edit", header.edit];
    replace(hint, element("strong", {}, said[0]), " ", said[1]);
    hint.style.visibility = said[1] ? "visible" : "hidden";
  }
  function chip(example) {
    const button = element("button", { type: "button", class: "chip" }, example.title);
    button.onclick = () => {
      area.value = example.text;
      fit(area);
      onExample(example.text);
    };
    return button;
  }
  return { root, area, update, fit: () => fit(area) };
}

function fit(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, window.innerHeight * 0.4)}px`;
}
