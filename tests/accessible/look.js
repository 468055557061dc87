// What axe does not measure: sizes of pointer targets, what goes past an edge, what is cut off or hidden. Every function
// looks into shadow roots too, and gives a list of findings, each a short text that names the element.
(() => {
  const TARGETS =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [role=option], " +
    "[role=radio], [role=checkbox], [role=switch], [role=slider], [role=menuitem], [role=link], [contenteditable=true]";
  const LEAST = 24;

  function* all(root = document) {
    for (const node of root.querySelectorAll("*")) {
      yield node;
      if (node.shadowRoot) yield* all(node.shadowRoot);
    }
  }
  const up = (node) => node.assignedSlot ?? node.parentElement ?? (node.getRootNode() instanceof ShadowRoot ? node.getRootNode().host : null);
  function within(node, other) {
    for (; node; node = up(node)) if (node === other) return true;
    return false;
  }
  function closest(node, selector) {
    for (; node; node = up(node)) if (node.matches(selector)) return node;
    return null;
  }
  const seen = (node) => node.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && node.getClientRects().length > 0;
  function called(node) {
    const kind = node.getAttribute("data-testid") ?? node.getAttribute("class")?.replace(/(st-emotion-cache-)?\b\w*\d\w{4,}\b/g, "").trim();
    const said = (node.getAttribute("aria-label") ?? node.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 30);
    return `${node.tagName.toLowerCase()}${kind ? "." + kind.replace(/\s+/g, ".") : ""} “${said}”`;
  }
  const listed = (findings) => [...new Set(findings)];

  // WCAG 2.5.8. A label is part of what it names; a line of a text that is a link is as high as its line.
  function box(node) {
    const rects = [...node.getClientRects(), ...[...(node.labels ?? [])].flatMap((label) => [...label.getClientRects()])];
    const wide = rects.filter(({ width, height }) => width && height);
    if (!wide.length) return null;
    if (node.labels?.length) {
      const [left, top] = [Math.min(...wide.map((r) => r.left)), Math.min(...wide.map((r) => r.top))];
      const [right, bottom] = [Math.max(...wide.map((r) => r.right)), Math.max(...wide.map((r) => r.bottom))];
      return new DOMRect(left, top, right - left, bottom - top);
    }
    return wide.reduce((most, r) => (r.width * r.height > most.width * most.height ? r : most));
  }
  const pointer = (node) => getComputedStyle(node).cursor === "pointer";
  function isTarget(node) {
    if (!seen(node) || node.matches(":disabled") || getComputedStyle(node).pointerEvents === "none") return false;
    if (node.matches(TARGETS)) return !closest(up(node), "button, a[href], summary");
    // What is pressed though it is no control: where the hand begins.
    return pointer(node) && up(node) && !pointer(up(node)) && !closest(node, `${TARGETS}, label`);
  }
  function inASentence(node) {
    const style = getComputedStyle(node);
    if (!style.display.startsWith("inline") || style.display === "inline-flex") return false;
    const around = closest(up(node), "p, li, td, dd, dt, figcaption, small, caption, label, div");
    const others = around && [...around.childNodes].some((each) => !each.contains?.(node) && each.textContent.trim() && !(each instanceof Element && each.matches(TARGETS)));
    return Boolean(others);
  }
  const middle = ({ left, top, width, height }) => [left + width / 2, top + height / 2];
  function targets(excepted) {
    // What lies under an opened panel is no target while it is open.
    const covered = ({ node, at }) => {
      const [x, y] = middle(at);
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return false;
      const hit = hitAt(x, y);
      return Boolean(hit) && !within(hit, node) && !within(node, hit) && ![...(node.labels ?? [])].some((label) => within(hit, label));
    };
    const found = [...all()].filter(isTarget).map((node) => ({ node, at: box(node) })).filter((each) => each.at && !covered(each));
    const small = ({ at }) => at.width < LEAST - 0.01 || at.height < LEAST - 0.01;
    const crowded = (one) =>
      found.some((other) => {
        if (other === one || within(other.node, one.node) || within(one.node, other.node)) return false;
        const [x, y] = middle(one.at);
        if (small(other)) {
          const [u, v] = middle(other.at);
          if (Math.hypot(u - x, v - y) < LEAST) return true;
        }
        const { left, right, top, bottom } = other.at;
        return Math.hypot(x - Math.min(Math.max(x, left), right), y - Math.min(Math.max(y, top), bottom)) < LEAST / 2;
      });
    return listed(
      found
        .filter((each) => small(each) && !excepted.some((selector) => closest(each.node, selector)) && !inASentence(each.node))
        .filter(crowded)
        .map(({ node, at }) => `${called(node)} ${Math.round(at.width * 10) / 10}×${Math.round(at.height * 10) / 10}`),
    );
  }

  // WCAG 1.4.10: what cannot be seen without scrolling two ways. A picture or a table may scroll in itself.
  function sideways() {
    const said = [];
    for (const node of [document.scrollingElement, document.querySelector("[data-testid=stMain]")])
      if (node && node.scrollWidth > node.clientWidth + 1) said.push(`${called(node).split(" “")[0]} scrolls: ${node.scrollWidth} in ${node.clientWidth}`);
    const width = document.documentElement.clientWidth;
    for (const node of all()) {
      if (!seen(node) || node.closest("svg svg, [aria-hidden=true]")) continue;
      const { left, right, width: own } = node.getBoundingClientRect();
      if (!own || (right <= width + 1 && left >= -1)) continue;
      let over = up(node);
      while (over && !/auto|scroll|hidden|clip/.test(getComputedStyle(over).overflowX)) over = up(over);
      if (!over || over.matches("[data-testid=stMain], html, body, [data-testid=stApp]")) said.push(`${called(node)} ends at ${Math.round(right)}`);
    }
    return listed(said);
  }

  // WCAG 1.4.12: the distances that a reader may ask for, everywhere.
  const SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }";
  function space() {
    for (const root of [document, ...[...all()].map((node) => node.shadowRoot).filter(Boolean)]) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(SPACED);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    }
  }
  // Text that is cut off by the box that it stands in.
  function cut() {
    const said = [];
    for (const node of all()) {
      if (node instanceof SVGElement || !seen(node) || node.matches("textarea, input, select, option") || closest(node, "[aria-hidden=true], .katex")) continue;
      if (![...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim())) continue;
      const own = document.createRange();
      own.selectNodeContents(node);
      const text = own.getBoundingClientRect();
      for (let over = node; over; over = up(over)) {
        const { overflowX, overflowY, clipPath, position } = getComputedStyle(over);
        if (/auto|scroll/.test(overflowX + overflowY) || (position === "absolute" && clipPath !== "none")) break;
        const { left, right, top, bottom, width, height } = over.getBoundingClientRect();
        if (width < 2 || height < 2) break; // for screen readers alone
        const [x, y] = [/hidden|clip/.test(overflowX), /hidden|clip/.test(overflowY)];
        if ((x && (text.right > right + 2 || text.left < left - 2)) || (y && (text.bottom > bottom + 4 || text.top < top - 4))) {
          said.push(called(node));
          break;
        }
      }
    }
    return listed(said);
  }

  function hitAt(x, y) {
    let hit = document.elementFromPoint(x, y);
    while (hit?.shadowRoot) {
      const inner = hit.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === hit) break;
      hit = inner;
    }
    return hit;
  }

  // WCAG 2.4.11: whether anything of what has the focus can be seen.
  function focused() {
    let node = document.activeElement;
    while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    return node && node !== document.body ? node : null;
  }
  function hidden() {
    const node = focused();
    if (!node) return null;
    const name = called(node);
    const rects = [...node.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    if (!rects.length || getComputedStyle(node).opacity === "0") return { name, hidden: false };
    const shown = rects.some(({ left, top, width, height }) =>
      [0.02, 0.25, 0.5, 0.75, 0.98].some((x) =>
        [0.04, 0.25, 0.5, 0.75, 0.96].some((y) => {
          const at = [left + width * x, top + height * y];
          const hit = hitAt(...at);
          return hit && (within(hit, node) || within(node, hit) || [...(node.labels ?? [])].some((label) => within(hit, label)));
        }),
      ),
    );
    return { name, hidden: !shown };
  }

  // What moves by itself or on a change, where a reader asked for less of it; as "element: what".
  function moving() {
    const said = [];
    for (const node of all()) {
      if (!closest(node, ".lv, .lv-term, .lv-screen, .lv-ring, [class*='st-key-lv_']") || !seen(node)) continue;
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(node);
      if (animationName !== "none" && parseFloat(animationDuration) > 0) said.push(`${called(node)}: ${animationName}`);
      if (transitionDuration.split(",").some((each) => parseFloat(each) > 0)) said.push(`${called(node)}: transition`);
    }
    return listed(said);
  }

  // Forced colours: of what is chosen among others, that it looks other than they; of what is drawn, that it is seen.
  const CHOSEN = "[aria-pressed=true], [aria-selected=true], [aria-current]:not([aria-current=false]), [aria-checked=true]";
  const LOOKS = ["backgroundColor", "color", "borderTopColor", "borderTopStyle", "borderTopWidth", "borderBottomColor", "borderBottomWidth", "outlineStyle", "outlineColor", "textDecorationLine", "fontWeight", "forcedColorAdjust"];
  function alike() {
    const said = [];
    for (const node of all()) {
      if (!node.matches(CHOSEN) || !seen(node) || node.matches("svg *")) continue;
      const other = [...(node.getRootNode().querySelectorAll?.(node.tagName) ?? [])].find(
        (each) => each !== node && each.parentElement?.parentElement === node.parentElement?.parentElement && !each.matches(CHOSEN) && seen(each) && each.className.replace(/\b(on|now|chosen|open)\b/g, "") === node.className.replace(/\b(on|now|chosen|open)\b/g, ""),
      );
      if (!other) continue;
      const look = (each) => JSON.stringify([...LOOKS.map((name) => getComputedStyle(each)[name]), getComputedStyle(each, "::before").content]);
      if (look(node) === look(other)) said.push(called(node));
    }
    return listed(said);
  }
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) =>
    [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0);
  const ratio = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((p, q) => q - p);
    return (high + 0.05) / (low + 0.05);
  };
  // Colour as pixels, whatever it is written as.
  const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  function pixel(colours) {
    pen.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
    }
    return [...pen.getImageData(0, 0, 1, 1).data];
  }
  function ground(node) {
    const layers = [];
    for (let each = node; each; each = up(each)) layers.unshift(getComputedStyle(each).backgroundColor);
    return pixel(["#ffffff", ...layers]);
  }
  // WCAG 1.4.11: lines and marks of pictures, against what lies behind them; borders of what is typed in or chosen from.
  function faint(least) {
    const said = [];
    for (const node of all()) {
      if (!seen(node)) continue;
      const style = getComputedStyle(node);
      if (node.matches("svg :is(polyline, path, line, circle)") && node.ownerSVGElement && closest(node, ".lv") && !closest(node, ".decoration, defs, [aria-hidden=true] .level")) {
        const paint = style.stroke !== "none" ? style.stroke : style.fill;
        if (paint === "none" || paint.startsWith("url")) continue;
        const behind = ground(up(node));
        const opacity = Number(style.opacity) * Number(style.stroke !== "none" ? style.strokeOpacity : style.fillOpacity);
        if (opacity < 0.05) continue;
        const seenAs = pixel([`rgb(${behind.slice(0, 3)})`, paint]).slice(0, 3).map((value, k) => value * opacity + behind[k] * (1 - opacity));
        if (ratio(seenAs, behind) < least) said.push(`${closest(node, "[class]")?.getAttribute("class") || node.tagName}/${node.getAttribute("class") ?? node.tagName} ${ratio(seenAs, behind).toFixed(1)}`);
      }
      if (node.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=range], [type=file], [type=hidden])") && !node.disabled) {
        // The boundary may be that of a box around it.
        const edges = [node, up(node), up(up(node)), up(up(up(node)))].filter(Boolean).flatMap((each) => {
          const own = getComputedStyle(each);
          const lines = [own.borderBottomWidth !== "0px" && own.borderBottomStyle !== "none" ? ratio(pixel([`rgb(${ground(up(each) ?? each).slice(0, 3)})`, own.borderBottomColor]), ground(up(each) ?? each)) : 1];
          return [...lines, ratio(ground(each), ground(up(each) ?? each))];
        });
        if (Math.max(...edges) < least) said.push(`${called(node)} edge ${Math.max(...edges).toFixed(1)}`);
      }
    }
    return listed(said);
  }

  function headings() {
    return [...all()].filter((node) => /^H[1-6]$/.test(node.tagName) && seen(node)).map((node) => Number(node.tagName[1]));
  }

  return { targets, sideways, space, cut, hidden, focused: () => Boolean(focused()), moving, alike, faint, headings };
})()
