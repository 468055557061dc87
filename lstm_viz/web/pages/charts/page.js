// Line charts as a component: drawn once, updated in place; charts of one group share their hover.
import { setAddress } from "../../core/address.js";
import { themeOf } from "../../core/colour.js";
import { element, replace } from "../../core/dom.js";
import { unpack } from "../../core/payload.js";
import { LAY_OUT, buildRoot, builtOnce } from "../../core/root.js";
import { tableOf } from "../../parts/chart_table.js";
import { buildChart } from "../../parts/line_chart.js";

export default builtOnce(build);

function build(parent, forget) {
  const root = buildRoot("lv-charts");
  const grid = element("div", { class: "chart-grid" });
  const table = element("details", { class: "table" }, element("summary", {}, "The numbers as a table"));
  const body = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "The numbers as a table" });
  table.append(body);
  root.append(grid, table);
  parent.append(root);
  const made = new Map();
  let current = null;

  const hover = (index, spec) => {
    for (const each of current.header.charts) {
      if (each.name === spec.name || (spec.group && each.group === spec.group)) made.get(each.name).show(index);
    }
  };
  table.ontoggle = () => fillTable();

  function update(bytes) {
    current = unpack(bytes);
    const { charts: specs, address, themes, columns } = current.header;
    const colours = themes[themeOf(root)];
    root.style.setProperty("--muted", colours.muted);
    grid.style.setProperty("--chart-columns", columns);
    const names = specs.map((spec) => spec.name);
    if (names.join() !== [...made.keys()].join()) {
      for (const name of names) if (!made.has(name)) made.set(name, buildChart(hover));
      for (const name of [...made.keys()]) if (!names.includes(name)) made.delete(name);
      replace(grid, ...names.map((name) => made.get(name).root));
    }
    for (const spec of specs) made.get(spec.name).update(spec, current.arrays, colours);
    setAddress(address, root);
    fillTable();
    root.dataset.painted = String(Number(root.dataset.painted ?? 0) + 1);
  }

  function fillTable() {
    if (!table.open || !current) return;
    const { header, arrays } = current;
    replace(body, ...header.charts.map((spec) => tableOf(spec, arrays)));
  }

  let width = 0;
  const layOut = ({ detail }) => {
    if (!current || (root.clientWidth === width && !detail?.anew)) return;
    width = root.clientWidth;
    for (const chart of made.values()) chart.draw();
  };
  const resized = new ResizeObserver(layOut);
  root.addEventListener(LAY_OUT, layOut);
  resized.observe(root);
  return {
    update,
    close() {
      resized.disconnect();
      forget();
      root.remove();
    },
  };
}
