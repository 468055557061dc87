// Small helpers for building elements. Text always goes in as text, so what a user types is never read as markup.

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  assign(node, attributes);
  node.append(...children);
  return node;
}

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  assign(node, attributes);
  node.append(...children);
  return node;
}

// Says of an element which part of a page it is: a name in ui/settings/parts.py.
export function part(name, node) {
  node.setAttribute("data-part", name);
  return node;
}

function assign(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

// The heading of what has none that is seen: whoever goes from heading to heading by ear misses none.
export function unseen(text) {
  return element("h2", { class: "unseen" }, text);
}

// Symbols arrive as HTML made from the cell definitions, such as "c<sub>t</sub>"; nothing a user typed is in them.
export function symbol(html, tag = "span") {
  const node = element(tag, { class: "symbol" });
  node.innerHTML = html;
  return node;
}

// Puts another sentence in place of the one that stands there. It keeps the room of the one before: a sentence that comes
// after its picture moves nothing below it.
export function say(node, text) {
  if (node.textContent === text) return;
  node.textContent = text;
  if (!kept.size) requestAnimationFrame(keepRoom);
  kept.add(node);
}

const kept = new Set(); // the sentences whose room is to be kept

function keepRoom() {
  // All are measured before any is changed, so that the browser lays out the page once.
  const boxes = [...kept].map((node) => [node, node.offsetWidth, node.offsetHeight]);
  kept.clear();
  for (const [{ style, dataset }, width, height] of boxes) {
    style.minHeight = !dataset.width || dataset.width === String(width) ? `${height}px` : "";
    dataset.width = width;
  }
}

export function replace(parent, ...children) {
  parent.replaceChildren(...children);
  return parent;
}

// The same for a list of what takes the focus: whoever was at one is at the one in its place, or at what is to hold the
// focus where none is left.
export function replaceListed(parent, children, otherwise = null) {
  const places = () => [...parent.querySelectorAll("button, input, a")];
  const at = places().findIndex((each) => each.matches(":focus"));
  replace(parent, ...children);
  if (at < 0) return;
  const now = places();
  (now[Math.min(at, now.length - 1)] ?? otherwise)?.focus();
}

// Does something again only when what it depends on, plain data, is no longer what it was.
export function changes() {
  let known = null;
  return {
    when(data, act) {
      const wanted = JSON.stringify(data);
      if (wanted === known) return;
      known = wanted;
      act();
    },
  };
}

// Runs once the browser has nothing better to do: for what lies below, or need not keep up with a fast typist.
export function whenIdle(draw) {
  let waiting = false;
  const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 30));
  return () => {
    if (waiting) return;
    waiting = true;
    idle(
      () => {
        waiting = false;
        draw();
      },
      { timeout: 400 },
    );
  };
}
