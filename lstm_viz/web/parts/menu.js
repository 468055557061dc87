// Which trained network is on show: its task, its cell, what it answers, and its model card, folded away.
import { element, part, replace } from "../core/dom.js";
import { buildAgreement } from "./agreement.js";
import { buildLayerChoice } from "./layer_choice.js";
import { buildSwitch } from "./switch.js";

export function buildMenu(tell, set) {
  const task = element("select", { "aria-label": "Task" });
  task.onchange = () => tell(["task", task.value]);
  const cells = buildSwitch("Cell", (cell) => tell(["cell", cell]));
  const facts = element("dl");
  const training = element("dl");
  const card = part("card", element("div", { class: "card", id: "lv-card", hidden: "" }));
  card.append(facts, element("details", {}, element("summary", {}, "How it was trained"), training));
  const more = element("button", { type: "button", class: "quiet", "aria-expanded": "false", "aria-controls": "lv-card" }, "Model card");
  part("card", more);
  more.onclick = () => {
    card.hidden = !card.hidden;
    more.setAttribute("aria-expanded", String(!card.hidden));
  };
  const agreement = buildAgreement();
  const layer = buildLayerChoice(set);
  const about = element("p", { class: "about" });
  const root = part("menu", element("section", { class: "menu" }));
  root.append(element("div", { class: "choices" }, task, cells.root, layer.root, about, more), agreement.note, card);
  let shown = "";

  function update({ menu, layers, layer: chosen }) {
    layer.update({ layers, layer: chosen });
    // The same menu comes with every answer, and is built again only when it is another.
    const wanted = JSON.stringify(menu);
    if (wanted === shown) return;
    shown = wanted;
    replace(task, ...menu.tasks.map(([name, title]) => element("option", { value: name }, title)));
    task.value = menu.task;
    cells.update(menu.cells, menu.cell);
    // A recorded run has no others to choose from, and no card; a network of one's own, on its page, is the only one.
    task.hidden = menu.tasks.length < 2;
    cells.root.hidden = !menu.cells.length;
    more.hidden = !menu.card.length;
    replace(about, element("strong", {}, menu.question), " ", menu.output);
    agreement.forget();
    replace(facts, ...menu.card.map(row), agreement.row);
    replace(training, ...menu.training.map(row));
    training.parentElement.hidden = !menu.training.length;
  }
  return { root, update, agree: agreement.update };
}

function row([name, lines]) {
  const said = lines.map((line) =>
    element("div", {}, line.startsWith("https://") ? element("a", { href: line, target: "_blank", rel: "noopener" }, line) : line),
  );
  return element("div", {}, element("dt", {}, name), element("dd", {}, ...said));
}
