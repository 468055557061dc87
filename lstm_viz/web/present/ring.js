// A ring around the pointer that the back row can see. It follows the mouse, and leaves when that is still.
import { element } from "../core/dom.js";

const STILL = 1600; // milliseconds

export function buildRing() {
  const ring = element("div", { class: "lv-ring", "aria-hidden": "true" });
  let on = true;
  let timer = 0;
  let life = null;
  const rest = () => ring.classList.remove("moving");
  const follow = ({ clientX, clientY, pointerType }) => {
    if (!on || pointerType === "touch") return rest();
    ring.style.transform = `translate(${clientX}px, ${clientY}px)`;
    ring.classList.add("moving");
    clearTimeout(timer);
    timer = setTimeout(rest, STILL);
  };
  return {
    open() {
      life = new AbortController();
      document.body.append(ring);
      document.addEventListener("pointermove", follow, { signal: life.signal, capture: true });
      document.documentElement.addEventListener("pointerleave", rest, { signal: life.signal });
    },
    // → whether it is there now
    toggle() {
      on = !on;
      rest();
      return on;
    },
    close() {
      life?.abort();
      clearTimeout(timer);
      rest();
      ring.remove();
    },
  };
}
