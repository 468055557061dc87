// Hovering a symbol, a number, a box or a line lights everything that stands for the same.

export function linkSymbols(root) {
  let lit = [];
  let current = "";
  const light = (key) => {
    if (key === current) return;
    current = key;
    for (const node of lit) node.classList.remove("lit");
    lit = key ? [...root.querySelectorAll("[data-key]")].filter((node) => node.dataset.key === key) : [];
    for (const node of lit) node.classList.add("lit");
    root.classList.toggle("lighting", lit.length > 0);
  };
  const keyOf = (event) => event.target.closest?.("[data-key]")?.dataset.key ?? "";
  const over = (event) => light(keyOf(event));
  const leave = () => light("");
  const focus = (event) => light(event.target.dataset?.line ?? keyOf(event));
  root.addEventListener("pointerover", over);
  root.addEventListener("pointerleave", leave);
  root.addEventListener("focusin", focus);
  root.addEventListener("focusout", leave);
  return () => light("");
}
