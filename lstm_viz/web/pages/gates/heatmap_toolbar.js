// Choices that concern all heatmaps: the order of the units and the notation.
import { element } from "../../core/dom.js";
import { choice } from "../../parts/choice.js";
import { buildToolbar } from "../../parts/toolbar.js";

export function buildHeatmapToolbar(set) {
  const order = choice("Units ordered by", (value) => set({ order: value }));
  const notation = choice("Symbols", (value) => set({ notation: value }));
  const own = element("input", { type: "checkbox" });
  own.onchange = () => set({ own_scale: own.checked });
  const scales = element("label", { class: "choice" }, own, "Each unit on its own scale");
  scales.title = "Draws the candidate and the states of every unit up to its own largest size, rounded up, so that one unit does not wash out the others. No number changes.";
  const note = element("p", { class: "help" });
  return {
    root: buildToolbar(note, scales, order.root, notation.root),
    update(header) {
      const gated = header.quantities.some(({ gate }) => gate) ? ", with gates of its own" : "";
      const column = header.editor.noun.replace(/s$/, "");
      note.textContent = `How to read it: a column is a ${column}, a row is one unit: one number of the memory${gated}. Click a cell to read its numbers.`;
      own.checked = header.settings.own_scale;
      order.update(header.orders, header.settings.order);
      notation.update(header.notations, header.settings.notation);
    },
  };
}
