// What moves the answer to this text most: a button an experiment, with what it was measured to do.
import { element, replaceListed } from "../../core/dom.js";

// act(each): the experiment that was chosen
export function buildTried(act) {
  const list = element("div", { class: "tried-list" });
  const how = element("p", { class: "caption" }, "Each was done to this text, all else as it was, and the answer at the end read. Choose one to see it step by step.");
  const root = element("section", { class: "tried said", "aria-label": "What moves the answer most" }, element("h2", {}, "What moves the answer most?"), how, list);
  let listed = "";
  function update(tried) {
    root.hidden = !tried.length;
    const wanted = JSON.stringify(tried);
    if (wanted === listed) return;
    listed = wanted;
    replaceListed(list, tried.map(button));
  }
  function button(each) {
    const { title, name, before, after, note, chosen } = each;
    const moved = element("span", { class: "moved" }, element("small", {}, name), before, " → ", element("strong", {}, after));
    const root = element("button", { type: "button", "aria-pressed": String(chosen) }, element("span", { class: "title" }, title), moved);
    if (note) root.append(element("small", {}, note));
    root.onclick = () => act(each);
    return root;
  }
  return { root, update };
}
