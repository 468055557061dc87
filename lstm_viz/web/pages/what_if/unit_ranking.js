// Which unit matters: one line a gate and unit, with a bar for what shutting it does; a click clamps it.
import { element, replace, replaceListed, say, symbol } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { choice } from "../../parts/choice.js";
import { buildToolbar } from "../../parts/toolbar.js";

export function buildRanking(set, hold) {
  const gate = choice("Shut", (value) => set({ ranking: value }));
  const start = element("button", { type: "button", class: "quiet" }, "Rank the units");
  start.onclick = () => set({ ranking: start.dataset.on ? "" : "all" });
  const caption = element("p", { class: "caption" });
  const columns = element("div", { class: "ranks-head" });
  const list = element("ol", { class: "ranks said" });
  const head = buildToolbar(element("h2", {}, "Which unit matters?"), gate.root, start);
  const intro = element("p", { class: "lead-in" }, "Shut one gate of one unit at every step, read the text again, and see what the answer becomes. Then the next unit.");
  const root = element("section", { class: "ranking", "aria-label": "Which unit matters" }, head, intro, caption, columns, list);

  function choose({ rankable, settings: { ranking } }) {
    gate.root.hidden = !ranking;
    gate.update(rankable, ranking || "all");
    start.textContent = ranking ? "Hide the ranking" : "Rank the units";
    if (ranking) start.dataset.on = "yes";
    else delete start.dataset.on;
  }
  function update({ ranking, rankable, themes }, theme) {
    root.hidden = !rankable?.length;
    if (root.hidden) return;
    const colours = themes[theme];
    say(caption, ranking?.caption ?? "");
    columns.hidden = !ranking?.rows.length;
    // The order is by the change that the bars show, not by the answer beside it.
    if (!columns.hidden) replace(columns, ...["Shut", `Change of the ${ranking.title}`, "What the answer becomes"].map((text) => element("span", {}, text)));
    const most = Math.max(1e-9, ...(ranking?.rows ?? []).map((row) => Math.abs(row.change)));
    replaceListed(list, (ranking?.rows ?? []).map((row) => line(row, ranking, most, colours)), start);
  }
  function line(row, ranking, most, colours) {
    const bar = element("i", { class: row.change < 0 ? "bar down" : "bar" });
    bar.style.setProperty("--share", Math.abs(row.change) / most);
    bar.style.background = row.change < 0 ? colours.negative : colours.positive;
    const swatch = element("i", { class: "swatch" });
    swatch.style.background = colours.lines[row.gate];
    const name = element("span", { class: "name" }, swatch, symbol(row.symbol), `${row.label}, unit ${row.unit}`);
    const effect = element("span", { class: "effect" }, `${ranking.shown} ${number(ranking.before, 3)} → ${number(row.prediction, 3)}`);
    const title = `Shut it here too: hold the ${row.label.toLowerCase()} of unit ${row.unit} at 0`;
    const button = element("button", { type: "button", title }, name, element("span", { class: "track-bar" }, bar), element("span", { class: "change" }, (row.change > 0 ? "+" : "") + number(row.change)), effect);
    button.onclick = () => hold(row.gate, "0", String(row.unit), "all");
    return element("li", {}, button);
  }
  return { root, choose, update };
}
