// A button that brings out others for a while, so that a row holds what is used most.
import { element } from "../core/dom.js";

export function buildMore(...others) {
  const button = element("button", { type: "button", class: "quiet", "aria-expanded": "false" }, "More");
  const rest = element("div", { class: "brought", hidden: "" }, ...others);
  const root = element("div", { class: "brings" }, button, rest);
  const show = (shown) => {
    rest.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
  };
  button.onclick = () => show(rest.hidden);
  root.onkeydown = (event) => {
    if (event.key !== "Escape" || rest.hidden) return;
    show(false);
    button.focus();
    event.stopPropagation();
  };
  const elsewhere = (event) => event.composedPath().includes(root) || show(false);
  document.addEventListener("pointerdown", elsewhere);
  return { root, close: () => document.removeEventListener("pointerdown", elsewhere) };
}
