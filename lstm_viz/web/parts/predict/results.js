// What many have predicted, for a projector: how often each option, number or place was chosen, or all drawn curves.
import { element, replace } from "../../core/dom.js";
import { LOOK } from "./look.js";
import { buildBars } from "./results_bars.js";
import { buildColumns } from "./results_columns.js";
import { buildCurves } from "./results_curves.js";

// Of each kind: what builds it. build() → { root, update({ asked, predictions, answered, theme }) → a sentence }
const KINDS = { choose: buildBars, find: buildBars, number: buildColumns, draw: buildCurves };
const builderOf = ({ kind, what }) => KINDS[kind] ?? (what === "unit" ? buildBars : buildColumns); // of clicks
const WIDE = 900; // pixels from which on everything grows with the width, to be read from the last row
const LARGEST = 2.2; // times

export function buildResults() {
  const prompt = element("p", { class: "prompt" });
  const summary = element("p", { class: "summary", role: "status" });
  const body = element("div");
  const inner = element("div", { class: "grown" }, prompt, summary, body);
  const root = element("section", { class: `${LOOK} results`, "aria-label": "What was predicted" }, inner);
  let [widget, shown] = [null, ""];

  // predictions: of one question, as its widget gives them; answered: null until the answer is shown
  function update({ asked, predictions, answered = null, theme = "light" }) {
    grow();
    if (shown !== JSON.stringify(asked)) {
      shown = JSON.stringify(asked);
      widget = builderOf(asked)();
      replace(body, widget.root);
      prompt.textContent = asked.prompt;
      prompt.hidden = !asked.prompt;
      root.dataset.kind = asked.kind;
      root.classList.remove("answered", "revealing");
    }
    root.classList.toggle("revealing", Boolean(answered) && (root.classList.contains("revealing") || !root.classList.contains("answered")));
    root.classList.toggle("answered", Boolean(answered));
    root.style.setProperty("--of", asked.colour?.[theme] ?? "var(--st-primary-color)");
    const told = predictions.filter((each) => each !== null && each !== undefined);
    const said = widget.update({ asked, predictions: told, answered, theme });
    const many = `${told.length} ${told.length === 1 ? "prediction" : "predictions"}.`;
    summary.textContent = told.length ? `${many} ${said}`.trim() : "No predictions yet.";
  }

  function grow() {
    const times = Math.min(LARGEST, Math.max(1, root.clientWidth / WIDE));
    inner.style.zoom = times.toFixed(3);
  }

  new ResizeObserver(grow).observe(root);
  return { root, update };
}
