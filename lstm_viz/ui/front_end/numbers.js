// The numbers behind a page's figures as a table, folded away until it is asked for.
import { element, number, replace } from "./dom.js";

export function buildNumbers(tell) {
  const body = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "The numbers as a table" });
  const root = element("details", { class: "table" }, element("summary", {}, "The numbers as a table"), body);
  let content = () => null;
  let wanted = false;
  root.ontoggle = () => {
    if (root.open !== wanted) tell({ table: root.open });
    wanted = root.open;
    draw();
  };
  function draw() {
    if (!root.open) return;
    const { heads, rows } = content();
    const line = ([token, ...cells]) => element("tr", {}, element("th", { scope: "row" }, token), ...cells.map((cell) => element("td", {}, text(cell))));
    const head = element("tr", {}, ...heads.map((name) => element("th", { scope: "col" }, name)));
    replace(body, element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows.map(line))));
  }
  return {
    root,
    // makeContent() → { heads: [title], rows: [[token, cell, …]] }, asked for only while the table is open
    update(open, makeContent) {
      content = makeContent;
      wanted = open;
      if (root.open !== open) root.open = open;
      draw();
    },
  };
}

function text(cell) {
  if (typeof cell !== "number") return cell;
  return Number.isNaN(cell) ? "" : number(cell, 4);
}
