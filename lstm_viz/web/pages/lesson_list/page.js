// The lessons that there are, each with how much of it this browser has done.
import { setAddress } from "../../core/address.js";
import { element, replace } from "../../core/dom.js";
import { buildRoot } from "../../core/root.js";
import { marksOf } from "../../live/lesson_marks.js";

const views = new WeakMap();

export default function lessonListView({ parentElement, data, setStateValue }) {
  if (!views.has(parentElement)) views.set(parentElement, build(parentElement, () => views.delete(parentElement)));
  const view = views.get(parentElement);
  view.update(data, setStateValue);
  return view.close;
}

function build(parent, forget) {
  const root = buildRoot("lv-lesson-list");
  const list = element("ol", { class: "lessons" });
  let number = 0;
  root.append(list);
  parent.append(root);
  return {
    update({ lessons, address }, setStateValue) {
      const open = (name, at) => setStateValue("open", { name, at, number: ++number });
      replace(list, ...lessons.map((lesson) => entry(lesson, open)));
      setAddress(address, root);
      root.dataset.painted = "yes";
    },
    close() {
      forget();
      root.remove();
    },
  };
}

function entry({ name, title, about, minutes, steps, digest }, open) {
  const kept = marksOf(digest);
  const done = kept ? Math.min(steps, Object.keys(kept.marks).length) : 0;
  const at = kept && kept.at <= steps ? kept.at : 1;
  const begin = element("button", { type: "button", class: "open" }, title);
  begin.onclick = () => open(name, 1);
  const facts = [minutes && `${minutes} minutes`, `${steps} steps`, done && `${done} done`].filter(Boolean).join(" · ");
  const node = element("li", {}, begin, element("p", {}, about), element("p", { class: "facts" }, facts));
  if (done && done < steps && at > 1) {
    const on = element("button", { type: "button", class: "quiet" }, `Go on at step ${at}`);
    on.onclick = () => open(name, at);
    node.append(on);
  }
  if (done) node.append(element("progress", { max: steps, value: done, "aria-label": `${done} of ${steps} steps done` }));
  return node;
}
