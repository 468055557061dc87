// What is wider than its place scrolls in itself. While it does, the Tab key stops at it and the arrow keys move it, and it
// says what it is; while all of it is seen, it is no stop on the way.

const NAMED = { tabindex: "0", role: "region" };

// content: what is in it, which may grow
export function scrolledByKeys(node, content, name) {
  const watch = new ResizeObserver(() => {
    const over = node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1;
    for (const [attribute, value] of Object.entries({ ...NAMED, "aria-label": name })) {
      if (over) node.setAttribute(attribute, value);
      else node.removeAttribute(attribute);
    }
  });
  for (const each of [node, content]) watch.observe(each);
}
