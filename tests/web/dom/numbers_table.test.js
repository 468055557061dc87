// The table of numbers is asked for at the click, before the browser tells that it has opened.
import { buildNumbers } from "../../../lstm_viz/web/parts/numbers_table.js";
import { same, test } from "../testing.js";

function built() {
  const told = [];
  const table = buildNumbers((settings) => told.push(settings));
  document.body.append(table.root);
  return { told, table, summary: table.root.querySelector("summary") };
}

test("a click is told at once, and once", async () => {
  const { told, table, summary } = built();
  summary.click();
  same(told, [{ table: true }]);
  await new Promise((done) => setTimeout(done, 50));
  same(table.root.open, true);
  same(told, [{ table: true }]);
  table.root.remove();
});

test("what the server chose is not told back", async () => {
  const { told, table } = built();
  table.choose(true);
  await new Promise((done) => setTimeout(done, 50));
  same([table.root.open, told], [true, []]);
  table.root.remove();
});
