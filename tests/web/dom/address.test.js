// What the address bar is made to say, and what it is not.
import { setAddress, setParameter, shownAddress, withSettings, writeAddress } from "../../../lstm_viz/web/core/address.js";
import { leaving } from "../../../lstm_viz/web/live/leaving.js";
import { same, test } from "../testing.js";

const HERE = window.location.href;
const go = (address) => window.history.pushState({}, "", address);
const shown = () => window.location.pathname.split("/").pop() + window.location.search;

function component() {
  const root = document.createElement("div");
  document.body.append(root);
  return root;
}

function at(address, run) {
  const root = component();
  go(address);
  try {
    run(root);
  } finally {
    root.remove();
    go(HERE);
  }
}

test("a page's address stands in the bar, and its Streamlit options stay", () => at("./ledger?embed_options=dark_theme", (root) => {
  setAddress("./ledger?text=so&step=1", root);
  writeAddress();
  same(shown(), "ledger?text=so&step=1&embed_options=dark_theme");
}));

test("a part of another page that speaks late does not change the bar", () => at("./ledger", (root) => {
  setAddress("./ledger?text=so", root);
  const late = component();
  setAddress("./lessons?step=4", late);
  writeAddress();
  same(shown(), "ledger?text=so");
  go("./lessons");
  late.remove();
  writeAddress();
  same(shown(), "lessons");
}));

test("a page that is come back to while it is still there has its address again", () => at("./ledger", (root) => {
  setAddress("./ledger?text=so", root);
  writeAddress();
  go("./lessons");
  writeAddress();
  same(shown(), "lessons");
  go("./ledger");
  writeAddress();
  same(shown(), "ledger?text=so");
}));

test("one setting is changed in what is on show, or in the bar where nothing is", () => at("./ledger", (root) => {
  setAddress("./ledger?text=so", root);
  setParameter("present", "true");
  writeAddress();
  same(shown(), "ledger?text=so&present=true");
  go("./yours?embed_options=dark_theme");
  setParameter("present", "true");
  writeAddress();
  same(shown(), "yours?present=true&embed_options=dark_theme");
  go("./yours?text=no");
  writeAddress();
  same(shown(), "yours?text=no");
}));

test("addresses are changed and compared by their settings", () => {
  same(withSettings("./notes?theme=dark", (query) => query.set("claim", "gates")), "./notes?theme=dark&claim=gates");
  same(withSettings("./notes", () => {}), "./notes");
  same(shownAddress("./notes?text=a%20b"), "?text=a%20b");
  same(shownAddress("./"), "");
  same(shownAddress(), window.location.search);
});

test("who leaves a page and is back before it is taken down goes on saying what is done there", async () => {
  const app = component();
  app.dataset.testid = "stApp";
  const state = async (now) => {
    app.dataset.testScriptState = now;
    await Promise.resolve(); // an observer hears of it then
  };
  const root = component();
  const said = [];
  const life = new AbortController();
  const mail = { stop: () => said.push("stop"), stay: () => said.push("stay"), flush() {}, posted: () => 0 };
  const here = window.location.href;
  leaving({ root, mail: () => mail, signal: life.signal });
  go("./ledger");
  window.dispatchEvent(new PopStateEvent("popstate"));
  await state("running");
  await state("notRunning"); // what was asked for before
  same(said, ["stop"]);
  await state("running");
  go(here);
  await state("notRunning");
  same(said, ["stop", "stay"]);
  await state("running");
  await state("notRunning");
  same(said, ["stop", "stay"]);
  life.abort();
  root.remove();
  app.remove();
});
