// What is folded away takes no room and no focus, what is lit stands out where it is, and neither leaves a trace.
import { frameOf } from "../../../lstm_viz/web/live/frame.js";
import { followTheme } from "../../../lstm_viz/web/core/theme.js";
import { embedTag } from "../../../lstm_viz/web/core/address.js";
import { same, test } from "../testing.js";

const AXIS = { labels: ["so", "it", "is"], edges: [0, 1, 2, 3] };

function opened() {
  const root = document.createElement("div");
  root.className = "lv lv-page";
  root.innerHTML = `<div data-part="menu"><button>b</button></div><p data-tells="forget_gate cell_state">f c</p>
    <div data-part="forget_gate"><div class="plot heatmap" data-view="forget_gate"></div></div>
    <div data-part="answers"><div class="plot" data-view="prediction"></div></div>`;
  document.body.append(root);
  const state = { header: { axis: AXIS, steps: 3, units: 4, order: [3, 1, 0, 2] } };
  return { root, state, frame: frameOf(root, state, {}) };
}

const heights = (root) => ["menu", "forget_gate", "answers"].map((name) => root.querySelector(`[data-part="${name}"]`).getClientRects().length);

test("what the link or a lesson folds away is gone, with what gives its numbers, and comes back", () => {
  const { root, frame } = opened();
  const before = root.innerHTML;
  root.querySelector(".plot").textContent = root.querySelectorAll(".plot")[1].textContent = "x";
  frame.fold({ settings: { hide: ["menu"] }, frame: { hide: ["forget_gate"] } });
  same(heights(root), [0, 0, 1]);
  same(root.querySelector("[data-tells]").getClientRects().length, 0);
  root.querySelector("button").focus();
  same(document.activeElement.tagName, "BODY");
  frame.fold({ settings: { hide: [] }, frame: { hide: [] } });
  same(heights(root), [1, 1, 1]);
  for (const plot of root.querySelectorAll(".plot")) plot.textContent = "";
  same(root.innerHTML, before);
  root.remove();
});

test("a step is lit in every track, a unit in its row, a part as it is, and all goes again", () => {
  const { root, state, frame } = opened();
  const before = root.innerHTML;
  const light = (...lit) => frame.light({ frame: { lit: lit.map(([kind, value]) => ({ kind, value })) } });
  const places = () => [...root.querySelectorAll(".indicated")].map((node) => [node.dataset.part ?? node.className.split(" ")[0], node.style.getPropertyValue("--lit")]);
  light(["step", 2], ["unit", 1], ["part", "answers"], ["quantity", "forget_gate"]);
  same(places(), [["forget_gate", ""], ["mark", "2"], ["row-mark", "1"], ["answers", ""], ["mark", "2"]]);
  light(["step", 2]);
  light(["step", 2]); // as after every key
  same(places(), [["mark", "2"], ["mark", "2"]]);
  state.header.steps = 1;
  light(["step", 2], ["unit", 9]);
  same(places(), []);
  light();
  for (const node of root.querySelectorAll('[class=""]')) node.removeAttribute("class");
  same(root.innerHTML, before);
  root.remove();
});

test("the tag holds the view, says its title, and lets no letter of either out of its attribute", () => {
  const tag = embedTag({ title: 'A "view" <b>', size: [700, 500], theme: "dark", hide: ["menu", "table"] });
  const node = new DOMParser().parseFromString(tag, "text/html").body.firstChild;
  same([node.title, node.width, node.height, node.getAttribute("loading"), node.allow], ['A "view" <b>', "700", "500", "lazy", "clipboard-write; fullscreen"]);
  same([...new URL(node.src).searchParams].slice(-3), [["hide", "menu.table"], ["theme", "dark"], ["embed", "true"]]);
});

test("a theme that is there already, or that nobody fixed, loads nothing again", () => {
  const root = document.createElement("div");
  document.body.append(root);
  followTheme("", root);
  root.remove();
});
