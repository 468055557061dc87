// Predictions as a reader makes them: by pointer and by key; and what is laid over them.
import { buildRoot } from "../../../lstm_viz/web/core/root.js";
import { buildPrediction } from "../../../lstm_viz/web/parts/predict/predict.js";
import { buildResults } from "../../../lstm_viz/web/parts/predict/results.js";
import { same, test } from "../testing.js";

const LABELS = ["a", "long", "film", "but", "good"];
const DRAW = { kind: "draw", prompt: "Draw it.", range: [0, 1], scale: "linear", decimals: 2, unit: "", name: "forget gate", labels: LABELS, colour: { light: "#2350c4", dark: "#74b4ff" } };

// A widget on the page, 600 pixels wide, its axes 100 high; what it tells and sends is kept.
function mounted(asked, given = {}) {
  const told = { changed: null, sent: [] };
  const widget = buildPrediction({ onChange: (prediction) => (told.changed = prediction), onSubmit: (prediction) => told.sent.push(prediction) });
  const root = buildRoot();
  root.style.cssText = "width: 600px; position: absolute; top: 0; left: 0";
  root.append(widget.root);
  document.body.append(root);
  const plane = root.querySelector(".plane");
  if (plane) plane.style.cssText += "position: relative; height: 100px";
  for (const layer of root.querySelectorAll(".plane > svg")) layer.style.cssText = "position: absolute; left: 0; top: 0; display: block";
  widget.update({ asked, theme: "light", ...given });
  const find = (selector) => root.querySelector(selector);
  const key = (node, ...keys) => keys.forEach((each) => node.dispatchEvent(new KeyboardEvent("keydown", { key: each, bubbles: true, cancelable: true })));
  return { told, widget, root, find, key, all: (selector) => [...root.querySelectorAll(selector)] };
}

function point(node, kind, column, share) {
  const box = node.closest(".plane").getBoundingClientRect();
  const at = { clientX: box.left + ((column + 0.5) / LABELS.length) * box.width, clientY: box.top + 6 + (1 - share) * (box.height - 12) };
  node.dispatchEvent(new PointerEvent(kind, { ...at, bubbles: true, cancelable: true, isPrimary: true, pointerId: 1, button: 0 }));
}

test("a drawing is made by pointer and by key, and sent once enough of it is there", () => {
  const { told, root, find, key, all } = mounted(DRAW);
  const picture = find(".drawing");
  picture.setPointerCapture = () => {}; // no pointer of flesh is there to be captured
  const submit = find(".submit");
  submit.click();
  same([told.sent, submit.getAttribute("aria-disabled"), find(".lacking").textContent], [[], "true", "Draw the curve first."]);
  point(picture, "pointerdown", 0, 1);
  point(picture, "pointermove", 2, 0);
  point(picture, "pointerup", 2, 0);
  point(picture, "pointermove", 4, 1);
  same(told.changed, [1, 0.5, 0, null, null]);
  same([all(".missing i").length, find(".lacking").textContent, picture.getAttribute("aria-label")], [1, "Draw 1 more step.", "Your drawing: forget gate, 3 of 5 steps drawn"]);
  key(picture, "Home", "End", "ArrowUp", "PageUp");
  same([told.changed[4], picture.getAttribute("aria-valuetext")], [0.12, "step 4, “good”: 0.12"]);
  key(picture, "ArrowLeft", " ", "Delete");
  same(told.changed, [1, 0.5, 0, null, 0.12]);
  same(find(".lacking").textContent, "");
  submit.click();
  same(told.sent, [[1, 0.5, 0, null, 0.12]]);
  root.remove();
});

test("what happens is laid over a drawing, which no key changes any more; another question begins empty", () => {
  const { told, widget, root, find, key, all } = mounted(DRAW, { prediction: [0.2, 0.2, 0.2, null, 0.2] });
  widget.update({ asked: DRAW, prediction: [0.2, 0.2, 0.2, null, 0.2], theme: "light", answered: { truth: [0.2, 0.3, 0.9, 0.1, 0.2], said: "So it was." } });
  same([find(".said").textContent, all(".real polyline").length, all(".real .between").length, find(".submit").closest(".foot").hidden], ["So it was.", 1, 1, true]);
  same(all(".marks text").map((each) => each.textContent), ["you: 0.20", "it is 0.90"]);
  same(all("tbody tr").map((each) => each.textContent), ["a0.200.20", "long0.200.30", "film0.200.90", "but–0.10", "good0.200.20"]);
  key(find(".drawing"), "ArrowUp", "Delete", "ArrowRight");
  same([told.changed, find(".tools output").textContent], [null, "step 1, “long”: you 0.20, it is 0.30"]);
  widget.update({ asked: { ...DRAW, name: "input gate" }, theme: "light" });
  same([all(".real *").length, all(".drawing polyline").length, find(".foot").hidden, find(".said").hidden], [0, 0, false, true]);
  root.remove();
});

test("a drawing under way outlives what the server tells meanwhile, and gives way to what it tells anew", () => {
  const { told, widget, root, find, key } = mounted(DRAW);
  key(find(".drawing"), "ArrowUp");
  widget.update({ asked: DRAW, prediction: null, theme: "dark" });
  key(find(".drawing"), "ArrowRight", "ArrowUp");
  same(told.changed, [0.52, 0.54, null, null, null]);
  widget.update({ asked: DRAW, prediction: [null, null, 0.1, null, null], theme: "dark" });
  key(find(".drawing"), "End", " ");
  same(told.changed, [null, null, 0.1, null, 0.1]);
  root.remove();
});

test("a number comes from the slider or the field, and one that is none is named", () => {
  const { told, root, find } = mounted({ kind: "number", prompt: "", range: [0, 10], decimals: 1, unit: "°C", name: "tomorrow" });
  const [slider, field] = [find("input[type=range]"), find("input[type=text]")];
  same([slider.getAttribute("aria-valuetext"), find(".lacking").textContent], ["no number yet", "Press anywhere on the line, or type a number."]);
  slider.value = 250;
  slider.oninput();
  same([told.changed, field.value], [2.5, "2.5"]);
  field.value = "11";
  field.oninput();
  same([told.changed, find(".lacking").textContent], [null, "“11” is not a number from 0.0 °C to 10.0 °C."]);
  field.value = "7,5";
  field.oninput();
  same([told.changed, slider.value], [7.5, "750"]);
  root.remove();
});

test("a place is gone to by key, an option by its button, a found place is what the view has chosen", () => {
  const strip = mounted({ kind: "click", prompt: "", what: "step", labels: LABELS, units: [] });
  strip.key(strip.find(".cell"), "ArrowRight");
  strip.key(strip.all(".cell")[1], "End");
  same([strip.told.changed, strip.find(".at").textContent], [4, "Your answer: step 4, “good”"]);
  strip.widget.update({ asked: { kind: "click", prompt: "", what: "step", labels: LABELS, units: [] }, prediction: 4, answered: { truth: [3], said: "" }, theme: "light" });
  same(strip.all(".cells .so").map((each) => each.getAttribute("aria-label")), ["step 3, “but”, the answer"]);
  strip.find(".cell").click();
  same(strip.told.changed, 4);
  const units = mounted({ kind: "click", prompt: "", what: "unit", labels: [], units: [7, 3, 5] });
  units.all(".cell")[1].click();
  same(units.told.changed, 3);
  const options = mounted({ kind: "choose", prompt: "Which?", options: ["low", "high"] });
  options.all("input")[1].click();
  options.find(".submit").click();
  same(options.told.sent, [1]);
  const found = mounted({ kind: "find", prompt: "Where?", what: "unit" }, { prediction: 23 });
  same([found.find("output").textContent, found.find(".submit").textContent], ["Chosen now: unit 23", "This one"]);
  for (const { root } of [strip, units, options, found]) root.remove();
});

test("what many have predicted is counted, and the answer marked once it is there", () => {
  const results = buildResults();
  const root = buildRoot();
  root.append(results.root);
  document.body.append(root);
  const choose = { kind: "choose", prompt: "Which?", options: ["low", "high"] };
  const rows = () => [...root.querySelectorAll(".bars li")].map((each) => each.textContent);
  results.update({ asked: choose, predictions: [] });
  same([root.querySelector(".summary").textContent, rows()], ["No predictions yet.", ["low0", "high0"]]);
  results.update({ asked: choose, predictions: [1, 0, 1, 1], answered: { truth: 1 } });
  same([root.querySelector(".summary").textContent, rows()], ["4 predictions. 3 of 4 were right.", ["low1 · 25 %", "high the answer3 · 75 %"]]);
  results.update({ asked: { kind: "number", prompt: "", range: [0, 1], decimals: 2, unit: "", name: "x" }, predictions: [0, 0.5, 0.5, 1] });
  same([root.querySelector(".summary").textContent, root.querySelector(".columns").getAttribute("aria-label")], ["4 predictions. Half of them lie between 0.38 and 0.63; the middle one is 0.50.", "0.00 to 0.05: 1; 0.50 to 0.55: 2; 0.95 to 1.00: 1"]);
  results.update({ asked: { kind: "click", prompt: "", what: "step", labels: LABELS, units: [] }, predictions: [2, 2, 3], answered: { truth: [3] } });
  same([root.querySelector(".summary").textContent, root.querySelector(".columns .so").title], ["3 predictions. Most often step 2, “film” (2). 1 of 3 were right.", "step 3, “but”: 1"]);
  results.update({ asked: DRAW, predictions: [0, 0.2, 0.4, 1].map((each) => [0, each, each / 2, null, 0]) });
  same(root.querySelector(".summary").textContent, "4 predictions. They differ most at “long”, where half of them lie between 0.15 and 0.55.");
  root.remove();
});
