// What a reader at the back of the hall sees of the page on the screen: its words, its letters by their size on the
// screen, where the first picture begins, and whether the page scrolls sideways.
() => {
  const PICTURES = ".plot, svg, canvas, .sheet, .unrolled, .katex, .scale, table";
  const inSight = (box) => box.width && box.height && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const letters = {};
  const small = {};
  const words = [];
  const tops = [];
  const parents = (node) => node.parentElement ?? node.getRootNode().host;
  const magnified = (node) => node.currentCSSZoom ?? 1;
  function visit(root) {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) visit(node.shadowRoot);
      if (/^(style|script|title|option)$/i.test(node.tagName)) continue;
      const box = node.getBoundingClientRect();
      const style = getComputedStyle(node);
      if (!box.width || !box.height || style.visibility === "hidden") continue;
      if (node.matches(".plot.heatmap, .line-chart svg, .diagram svg") && box.height > 20) tops.push(box.top);
      const own = [...node.childNodes].filter((each) => each.nodeType === 3).map((each) => each.textContent.trim()).join(" ").trim();
      if (!own || !inSight(box)) continue;
      let seen = true;
      for (let up = node; up; up = parents(up)) if (getComputedStyle(up).opacity === "0" || up.closest?.("details:not([open]) > :not(summary)")) seen = false;
      if (!seen) continue;
      const matrix = node.ownerSVGElement ? node.getScreenCTM?.()?.a : null;
      const size = parseFloat(style.fontSize) * (matrix ?? magnified(node));
      const count = own.replace(/\s/g, "").length;
      const key = Math.round(size * 10) / 10;
      letters[key] = (letters[key] ?? 0) + count;
      (small[key] ??= []).push(own.slice(0, 30));
      if (!node.closest(PICTURES)) words.push(...own.split(/\s+/).filter((word) => /\p{L}{2}/u.test(word)));
    }
  }
  visit(document.body);
  const main = document.querySelector("[data-testid=stMain]");
  const sizes = Object.keys(letters).map(Number).sort((a, b) => a - b);
  const all = sizes.reduce((sum, size) => sum + letters[size], 0);
  const under = (px) => (all ? sizes.filter((size) => size < px - 0.05).reduce((sum, size) => sum + letters[size], 0) / all : 0);
  return {
    letters: all, under16: under(16), under22: under(22), smallest: sizes[0] ?? null, examples: sizes.slice(0, 4).map((size) => [size, small[size].slice(0, 4)]),
    words: words.length, said: words.join(" "), first: tops.length ? Math.min(...tops) : null,
    sideways: Math.max(main ? main.scrollWidth - main.clientWidth : 0, document.documentElement.scrollWidth - innerWidth), tall: main ? main.scrollHeight : 0,
  };
}
