// What is shown in words: the page's own sentences, by the names of its figures, and none of what was there before.
import { buildRoot } from "../../../lstm_viz/web/core/root.js";
import { SUM_UP } from "../../../lstm_viz/web/core/said.js";
import { first, summed } from "../../../lstm_viz/web/parts/summed_up.js";
import { same, test } from "../testing.js";

function page(...captions) {
  const root = buildRoot("lv-page");
  root.innerHTML = captions.map(([name, said]) => `<div class="track"><h3>${name}</h3><p class="caption">${said}</p></div>`).join("");
  document.body.append(root);
  return root;
}

test("each figure is named, and its sentence is said, between what the page says of itself", async () => {
  const root = page(["Forget gate", "Forget gates average 0.69; they are widest open at “The” (0.77). Others are not."], ["Empty", ""]);
  root.addEventListener(SUM_UP, ({ detail }) => Object.assign(detail, { says: () => ["Sentiment", ""], ends: () => ["Step 1"] }));
  same(await summed([root]), "Sentiment. Forget gate: Forget gates average 0.69; they are widest open at “The” (0.77). Step 1.");
  root.classList.add("behind");
  same(await summed([root]), "Sentiment. The sentences on it have not come yet. Step 1.");
  root.remove();
});

test("a page that says all of itself has no figures named", async () => {
  const root = page(["Forget gate", "Forget gates average 0.69."]);
  root.addEventListener(SUM_UP, ({ detail }) => Object.assign(detail, { says: () => ["Nothing learnt yet"], alone: true }));
  same(await summed([root]), "Nothing learnt yet.");
  root.remove();
});

test("a short sentence has the next one with it", () => {
  same(first("Hidden state of the LSTM. It moves most at “and”; at the end it is 0.13. More."), "Hidden state of the LSTM. It moves most at “and”; at the end it is 0.13.");
});
