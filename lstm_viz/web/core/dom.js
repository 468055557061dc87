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

function assign(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

// Symbols arrive as HTML made from the cell definitions, such as "c<sub>t</sub>"; nothing a user typed is in them.
export function symbol(html, tag = "span") {
  const node = element(tag, { class: "symbol" });
  node.innerHTML = html;
  return node;
}

export function replace(parent, ...children) {
  parent.replaceChildren(...children);
  return parent;
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
