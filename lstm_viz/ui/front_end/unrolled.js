// The chain of steps: one link a token, coloured by the chosen unit's states; a click goes there.
import { table } from "./colour.js";
import { element, number, replace } from "./dom.js";

export function buildUnrolled(choose) {
  const root = element("div", { class: "unrolled", role: "group", "aria-label": "Steps: choose one" });
  let links = [];

  function lay(page, first) {
    const unknown = new Set(page.unknown);
    const states = page.parts.filter((part) => part.kind === "leave").map((part) => part.owner);
    links = page.labels.map((label, k) => {
      const boxes = states.map((name) => element("i", { "data-state": name }));
      const token = element("span", { class: unknown.has(k) ? "word unknown" : "word" }, label);
      const button = element("button", { type: "button", class: "link" }, token, element("span", { class: "states" }, ...boxes));
      button.onclick = () => choose(first + k);
      return { button, boxes, label };
    });
    root.classList.toggle("reversed", page.backward);
    replace(root, ...links.map(({ button }) => button));
  }

  // Colours of the unit's states at every step.
  function paint({ page, arrays, unit, theme }) {
    links.forEach(({ button, boxes, label }, k) => {
      const said = boxes.map((box) => {
        const name = box.dataset.state;
        const [low, high] = page.parts.find((part) => part.key === `${name}-`).limits;
        const value = arrays[name].values[k * arrays[name].shape[1] + unit];
        const level = Math.max(0, Math.min(255, Math.round((255 * (value - low)) / (high - low))));
        const packed = table(page.themes[theme].scales.signed)[level];
        box.style.background = `rgb(${packed & 255} ${(packed >> 8) & 255} ${(packed >> 16) & 255})`;
        return `${page.quantities.find((each) => each.name === name).label.toLowerCase()} ${number(value, 3)}`;
      });
      button.title = `“${label}”: ${said.join(", ")}`;
    });
  }

  function mark(index) {
    links.forEach(({ button }, k) => {
      if (k === index) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
    const chosen = links[index]?.button;
    if (!chosen) return;
    const left = chosen.offsetLeft - root.offsetLeft;
    if (left < root.scrollLeft + 40 || left + chosen.offsetWidth > root.scrollLeft + root.clientWidth - 40) {
      root.scrollLeft = left - root.clientWidth / 2;
    }
  }
  return { root, lay, paint, mark };
}
