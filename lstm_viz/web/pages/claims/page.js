// Claims with their verdicts: a table of all of them on top, then one after the other with its finding and figure.
//
// Each has an address, ?claim=NAME, at which the page opens; the address bar follows the one that was chosen last.
import { setAddress, withSettings, writeAddress } from "../../core/address.js";
import { themeOf } from "../../core/colour.js";
import { changes, element, replace, unseen } from "../../core/dom.js";
import { unpack } from "../../core/payload.js";
import { LAY_OUT, buildRoot, builtOnce } from "../../core/root.js";
import { SUM_UP } from "../../core/said.js";
import { markTerms } from "../../core/terms.js";
import { copied } from "../../parts/copied.js";
import { tableOf } from "../../parts/chart_table.js";
import { buildChart } from "../../parts/line_chart.js";
import { follow } from "../../parts/page_link.js";

const SIGNS = { holds: "✓", refined: "½", refuted: "✕" };
const MOVES = ["wheel", "pointerdown", "keydown", "touchstart"]; // what a reader does who goes elsewhere

export default builtOnce(build);

function build(parent, forget) {
  const root = buildRoot("lv-claims");
  const overview = element("nav", { class: "overview", "aria-label": "All claims" });
  const list = element("div", { class: "list" });
  root.append(overview, list);
  parent.append(root);
  const cards = new Map(); // name → its card
  const links = new Map(); // name → its link in the table
  const listed = changes();
  const headings = new Map();
  let header = null;
  let chosen = null; // the claim that was chosen in this browser, which the server need not know
  let opening = null; // the claim at which the page opens, for as long as the reader leaves it there

  function update(bytes) {
    const { header: now, arrays } = unpack(bytes);
    opening = header ? opening : now.chosen;
    header = now;
    const theme = themeOf(root);
    const colours = header.themes[theme];
    root.dataset.theme = theme;
    root.style.setProperty("--muted", colours.muted);
    const all = header.topics.flatMap(({ claims: each }) => each);
    const places = header.topics.map(({ title, claims: each }) => [title, each.map(({ name, note }) => [name, note])]);
    listed.when(places, () => replace(overview, unseen("All claims"), ...header.topics.map(topic)));
    for (const { name, verdict } of all) links.get(name).firstChild.replaceWith(sign(verdict, header.verdicts));
    for (const claim of all.filter(({ verdict }) => verdict)) {
      if (!cards.has(claim.name)) cards.set(claim.name, buildCard(claim));
      cards.get(claim.name).update(claim, header.verdicts, arrays, colours);
    }
    const shown = header.topics.flatMap(({ title, claims: each }) => {
      const there = each.filter(({ name }) => cards.has(name)).map(({ name }) => cards.get(name).root);
      return there.length ? [headingOf(title), ...there] : [];
    });
    // What is there stays in its place, or the page would jump.
    shown.forEach((node, k) => list.children[k] !== node && list.insertBefore(node, list.children[k] ?? null));
    for (const { draw } of cards.values()) draw();
    setAddress(viewOf(chosen ?? header.chosen), root);
    if (cards.has(opening)) choose(opening);
    if (cards.size === all.length) markTerms(root, header.glossary);
    root.dataset.painted = String(Number(root.dataset.painted ?? 0) + 1);
  }

  function topic({ title, claims: each }) {
    const rows = each.map(({ name, note }) => {
      const link = element("a", { href: addressOf(name), "data-name": name }, element("b"), element("span", {}, `“${note}”`));
      links.set(name, link);
      link.onclick = (event) => {
        if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        choose(name, true);
      };
      return element("li", {}, link);
    });
    return element("section", {}, element("h3", {}, title), element("ul", {}, ...rows));
  }

  function headingOf(title) {
    if (!headings.has(title)) headings.set(title, element("h2", {}, title));
    return headings.get(title);
  }

  // Brings a claim into view and into the address bar.
  function choose(name, smooth = false) {
    chosen = name;
    setAddress(viewOf(name), root);
    for (const [each, { root: card }] of cards) card.classList.toggle("chosen", each === name);
    const card = cards.get(name)?.root;
    if (card) scrollTo(card, smooth);
    card?.focus({ preventScroll: true });
  }

  // The address of the page at one of its claims.
  function viewOf(name) {
    return withSettings(header.address, (query) => name && query.set("claim", name));
  }

  function buildCard({ name }) {
    const chart = buildChart((index) => chart.show(index));
    const verdict = element("p", { class: "verdict" });
    const note = element("blockquote");
    const said = element("p", { class: "said" });
    const trial = element("a", { class: "quiet try" });
    const copy = element("button", { type: "button", class: "quiet", title: "Copy a link to this claim" }, "Copy link");
    const back = element("button", { type: "button", class: "quiet back" }, "Back to the list");
    const words = element("div", { class: "words" }, verdict, note, said, element("div", { class: "actions" }, trial, copy, back));
    const body = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "The numbers as a table" });
    const table = element("details", { class: "table" }, element("summary", {}, "The numbers as a table"), body);
    const figure = element("div", {}, chart.root, table);
    const card = element("article", { class: "card", tabindex: "-1", "data-claim": name }, words, figure);
    table.ontoggle = () => table.open && replace(body, tableOf(spec[0], spec[1]));
    trial.onclick = (event) => {
      // So that the way back leads here.
      setAddress(viewOf(name), root);
      writeAddress();
      follow(event, trial);
    };
    copy.onclick = () => copied(addressOf(name), copy, words);
    back.onclick = () => {
      scrollTo(overview, true);
      overview.querySelector(`[data-name="${name}"]`)?.focus({ preventScroll: true });
    };
    let spec = null;
    return {
      root: card,
      update(claim, verdicts, arrays, colours) {
        replace(verdict, sign(claim.verdict, verdicts));
        verdict.dataset.verdict = claim.verdict;
        note.textContent = `“${claim.note}”`;
        if (said.textContent !== claim.sentence) said.textContent = claim.sentence; // or its terms lose their marks
        trial.textContent = `Try it: ${claim.page}`;
        trial.href = claim.href;
        spec = [claim.chart, arrays, colours];
      },
      draw() {
        chart.update(...spec);
      },
    };
  }

  // While claims are being checked, what stands above the one to open at still grows.
  const left = () => (opening = null);
  for (const kind of MOVES) window.addEventListener(kind, left, { passive: true });

  let width = 0;
  const layOut = ({ detail }) => {
    if (!header || (root.clientWidth === width && !detail?.anew)) return;
    width = root.clientWidth;
    for (const { draw } of cards.values()) draw();
  };
  const resized = new ResizeObserver(layOut);
  root.addEventListener(LAY_OUT, layOut);
  resized.observe(root);
  // How many of them stand, and the one that was chosen.
  function says() {
    const all = header.topics.flatMap(({ claims: each }) => each);
    const counted = Object.entries(header.verdicts).map(([verdict, word]) => `${word}: ${all.filter((claim) => claim.verdict === verdict).length}`);
    const here = all.find(({ name }) => name === (chosen ?? header.chosen));
    return [`${all.length} claims. ${counted.join(", ")}`, ...(here?.sentence ? [`“${here.note}”`, header.verdicts[here.verdict], here.sentence] : [])];
  }
  root.addEventListener(SUM_UP, ({ detail }) => header && Object.assign(detail, { says, alone: true }));
  return {
    update,
    close() {
      resized.disconnect();
      for (const kind of MOVES) window.removeEventListener(kind, left);
      forget();
      root.remove();
    },
  };
}

function scrollTo(node, smooth) {
  node.scrollIntoView({ behavior: smooth && !matchMedia("(prefers-reduced-motion: reduce)").matches ? "smooth" : "instant", block: "start" });
}

function addressOf(name) {
  const address = new URL(window.location.href);
  address.search = new URLSearchParams({ claim: name });
  address.hash = "";
  return address.href;
}

// A verdict at a glance: a sign, a word and a colour, each of which says it by itself.
function sign(verdict, verdicts) {
  const text = verdict ? [element("i", { "aria-hidden": "true" }, SIGNS[verdict]), verdicts[verdict]] : ["…"];
  return element("b", { class: "sign", "data-verdict": verdict ?? "" }, ...text);
}
