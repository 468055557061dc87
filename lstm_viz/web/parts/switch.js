// A few names of which one is chosen, side by side.
import { element, replace } from "../core/dom.js";

export function buildSwitch(label, onChoose) {
  const root = element("div", { class: "switch", role: "group", "aria-label": label });
  return {
    root,
    // options: [[value, title]]
    update(options, value) {
      const names = options.map(([name]) => name).join();
      if (root.dataset.names !== names) {
        root.dataset.names = names;
        replace(root, ...options.map(([name, title]) => button(name, title, onChoose)));
      }
      options.forEach(([name], k) => root.children[k].setAttribute("aria-pressed", name === value));
    },
  };
}

function button(name, title, onChoose) {
  const node = element("button", { type: "button", "data-value": name }, title);
  node.onclick = () => onChoose(name);
  return node;
}
