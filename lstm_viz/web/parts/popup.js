// A button that opens a small panel below it.
import { element } from "../core/dom.js";

// opened(): fills the panel, every time before it is shown
export function buildPopup({ name, title, label, opened = () => {} }, ...children) {
  const button = element("button", { type: "button", class: "quiet", "aria-haspopup": "dialog", "aria-expanded": "false", title }, name);
  const panel = element("div", { class: "panel", role: "dialog", "aria-label": label, hidden: "" }, ...children);
  const root = element("div", { class: "popup" }, button, panel);
  button.onclick = () => (panel.hidden ? open() : close());
  root.onkeydown = (event) => {
    if (panel.hidden) return;
    if (event.key === "Escape") {
      close();
      button.focus();
    } else if (!panel.contains(event.target)) return;
    // The page's own keys are for the page.
    event.stopPropagation();
  };
  const elsewhere = (event) => panel.hidden || event.composedPath().includes(root) || close();
  document.addEventListener("pointerdown", elsewhere);
  const unhang = keptHung(panel);

  function open() {
    opened();
    panel.hidden = false;
    button.setAttribute("aria-expanded", "true");
    hang(panel);
    panel.scrollIntoView({ block: "nearest" });
    panel.querySelector("input, select, button")?.focus({ preventScroll: true });
  }
  function close() {
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
  }
  function end() {
    document.removeEventListener("pointerdown", elsewhere);
    unhang();
  }
  return { root, button, panel, open, end };
}

// A panel hangs below its button, from whichever edge it has room.
export function hang(panel) {
  panel.style.removeProperty("--shift");
  const { left, right } = panel.getBoundingClientRect();
  const room = document.documentElement.clientWidth - 12;
  const shift = right > room ? room - right : left < 12 ? 12 - left : 0;
  panel.style.setProperty("--shift", `${Math.max(shift, 12 - left)}px`);
}

// The same again where the window, the panel or its button changes in size, as by zooming or by a reader's own type;
// returns what ends it.
export function keptHung(panel) {
  const again = () => panel.hidden || hang(panel);
  const grown = new ResizeObserver(again);
  [panel, panel.parentElement].forEach((each) => grown.observe(each));
  window.addEventListener("resize", again);
  return () => {
    grown.disconnect();
    window.removeEventListener("resize", again);
  };
}
