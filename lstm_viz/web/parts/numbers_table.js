// The numbers behind a page's figures as a table, folded away until it is asked for.
import { element, part, replace } from "../core/dom.js";
import { number } from "../core/format.js";

export function buildNumbers(set) {
  const body = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "The numbers as a table" });
  const root = part("table", element("details", { class: "table" }, element("summary", {}, "The numbers as a table"), body));
  let content = null;
  let wanted = false;
  function want(open) {
    if (open !== wanted) set({ table: open });
    wanted = open;
  }
  // Told at the click: the browser tells of the opening only later, and an older answer may close it before.
  root.firstChild.onclick = () => want(!root.open);
  root.ontoggle = () => {
    want(root.open);
    draw();
  };
  function draw() {
    if (!root.open || !content) return;
    const { heads, rows, note = "" } = content();
    const line = ([token, ...cells]) => element("tr", {}, element("th", { scope: "row" }, token), ...cells.map((cell) => element("td", {}, text(cell))));
    const head = element("tr", {}, ...heads.map((name) => element("th", { scope: "col" }, ...[name].flat())));
    const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows.map(line)));
    replace(body, ...(note ? [element("p", { class: "help" }, note)] : []), table);
  }
  return {
    root,
    choose(open) {
      wanted = open;
      root.open = open;
    },
    // makeContent() → { heads: [title, or its pieces], rows: [[token, cell, …]], note }, asked for only while open
    update(makeContent) {
      content = makeContent;
      draw();
    },
  };
}

function text(cell) {
  if (typeof cell !== "number") return cell;
  return Number.isNaN(cell) ? "" : number(cell, 4);
}
