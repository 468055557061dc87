// A table of results: side by side where there is room, a card for each row where there is not.
import { element } from "../core/dom.js";

const FEW = 4; // columns that fit a phone

// rows: [[text, …], …], the first of them the head; the first of each names its row. A cell may be links in place of
// text: [[title, address], …].
export function buildRecords(rows, caption) {
  const [head, ...body] = rows;
  const heads = head.map((text) => element("th", { scope: "col", role: "columnheader" }, text));
  const lines = body.map(([name, ...cells]) =>
    element("tr", { role: "row" },
      element("th", { scope: "row", role: "rowheader" }, name),
      ...cells.map((text, k) => element("td", { role: "cell", "data-of": head[k + 1] }, ...content(text, name))),
    ),
  );
  // Roles are given in full: as cards, the rows would no longer count as a table's.
  return element("table", { class: head.length > FEW ? "records wide" : "records", role: "table" },
    element("caption", {}, caption),
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)),
    element("tbody", { role: "rowgroup" }, ...lines),
  );
}

function content(cell, name) {
  if (!Array.isArray(cell)) return [cell];
  const links = cell.flatMap(([title, address], k) => [
    ...(k ? [" · "] : []),
    element("a", { href: address, target: "_self", "aria-label": `${name}: ${title}` }, title),
  ]);
  return [element("span", {}, ...links)]; // one thing, for a card lays out its parts side by side
}
