// A row of things to try, a button each.
import { element, replace } from "../core/dom.js";

// choose(k): the chip with this number was pressed
export function buildChips(label, lead, choose) {
  const root = element("div", { class: "examples", role: "group", "aria-label": label });
  let listed = "";
  return {
    root,
    // chosen: the numbers of those that are on show
    update(titles, chosen) {
      root.hidden = !titles.length;
      const wanted = JSON.stringify(titles);
      if (listed !== wanted) {
        listed = wanted;
        replace(root, element("span", { class: "lead" }, lead), ...titles.map(chip));
      }
      titles.forEach((_, k) => root.children[k + 1].setAttribute("aria-pressed", chosen.includes(k)));
    },
  };
  function chip(title, k) {
    const button = element("button", { type: "button", class: "chip" }, title);
    button.onclick = () => choose(k, button);
    return button;
  }
}
