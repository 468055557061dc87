// The chain of steps: one link a token, coloured by the chosen unit's states; a click goes there.
import { table } from "../../core/colour.js";
import { element, replace } from "../../core/dom.js";
import { number } from "../../core/format.js";

export function buildUnrolled(choose) {
  const names = element("span", { class: "states" });
  const key = element("div", { class: "key", "aria-hidden": "true" }, element("span", { class: "word" }, "\u00a0"), names);
  const root = element("div", { class: "unrolled", role: "group", "aria-label": "Steps: choose one" });
  let links = []; // one a step shown: { button, boxes, token, label }
  let start = 0; // the step of the first link
  let marked = -1;
  let places = null;
  let within = 0;
  let scrolled = 0;
  let width = 0;
  root.onscroll = () => (scrolled = root.scrollLeft);

  // A label takes a browser long to lay out, and an edit changes few of them, so each keeps its element.
  // first: the step of the first label; room: the width that the page has, by which one sees that places have changed
  function lay({ parts, quantities }, { first, labels, unknown, backward }, room) {
    const states = parts.filter((part) => part.kind === "leave").map((part) => part.owner);
    if (root.dataset.states !== states.join()) {
      root.dataset.states = states.join();
      links = [];
      replace(root, key);
    }
    // Each row of boxes has its name, so that a colour can be read without the title that a box shows when pointed at.
    replace(names, ...states.map((state) => element("small", {}, labelOf(quantities, state))));
    for (const { button } of links.splice(labels.length)) button.remove();
    while (links.length < labels.length) links.push(build(states, links.length));
    start = first;
    const strange = new Set(unknown);
    labels.forEach((label, k) => {
      const link = links[k];
      link.token.classList.toggle("unknown", strange.has(k));
      if (link.label === label) return;
      link.label = link.token.textContent = label;
      places = null;
    });
    root.classList.toggle("reversed", backward);
    if (room !== within) [within, places] = [room, null];
  }

  function build(states, k) {
    const boxes = states.map((name) => element("i", { "data-state": name }));
    const token = element("span", { class: "word" });
    const button = element("button", { type: "button", class: "link" }, token, element("span", { class: "states" }, ...boxes));
    button.onclick = () => choose(start + k);
    root.append(button);
    return { button, boxes, token, label: null };
  }

  // Colours of the unit's states at every step.
  function paint({ page, held: { limits, arrays }, unit, theme }) {
    links.forEach(({ button, boxes, label }, k) => {
      const said = boxes.map((box) => {
        const name = box.dataset.state;
        const [low, high] = limits[`${name}-`];
        const value = arrays[name].values[k * arrays[name].shape[1] + unit];
        const level = Math.max(0, Math.min(255, Math.round((255 * (value - low)) / (high - low))));
        const packed = table(page.themes[theme].scales[name])[level];
        box.style.background = `rgb(${packed & 255} ${(packed >> 8) & 255} ${(packed >> 16) & 255})`;
        return `${labelOf(page.quantities, name)} ${number(value, 3)}`;
      });
      button.title = `“${label}”: ${said.join(", ")}`;
    });
  }

  function mark(index) {
    links[marked]?.button.removeAttribute("aria-current");
    links[index]?.button.setAttribute("aria-current", "step");
    marked = index;
    // Positions are read once: asking for them while stepping would make the browser lay out the page twice.
    if (!places) {
      places = links.map(({ button }) => [button.offsetLeft - root.offsetLeft, button.offsetWidth]);
      width = root.clientWidth;
    }
    if (!places[index] || !width) return;
    const [left, size] = places[index];
    if (left >= scrolled + 40 && left + size <= scrolled + width - 40) return;
    scrolled = Math.max(0, left - width / 2);
    requestAnimationFrame(() => (root.scrollLeft = scrolled));
  }
  return { root, lay, paint, mark, linkOf: (step) => (links[step - start] ? [links[step - start].button] : []) };
}

function labelOf(quantities, name) {
  return quantities.find((each) => each.name === name).label.toLowerCase();
}
