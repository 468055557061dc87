// The button that turns a page into one for a lecture hall.
import { element } from "../core/dom.js";
import { TOGGLE } from "../core/presented.js";

export function buildPresentButton() {
  const button = element("button", { type: "button", class: "quiet", title: "Presenter mode: large, for a lecture hall (P; ? shows its keys)" }, "Present");
  button.onclick = () => document.dispatchEvent(new Event(TOGGLE));
  return button;
}
