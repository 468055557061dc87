// Taking a view away: its numbers, Python and a live page, which the server makes when asked, and pictures, made here of
// what is on the page. What is offered is listed in `ui/taking/taking.py`.
import { themeOf } from "../core/colour.js";
import { element, replace } from "../core/dom.js";
import { atMost, rootsOnPage } from "../core/root.js";
import { fontsOfThePage } from "../draw/fonts.js";
import { asPng, asText, pictureOf } from "../draw/page_picture.js";
import { copied } from "./copied.js";
import { figuresOnPage } from "./figures.js";
import { hang, keptHung } from "./popup.js";

const AGAIN = 500; // milliseconds until the server is asked again for what is being made
const BAR = 800; // milliseconds after which a bar says how far that is: what is sooner made shows none
const PATIENCE = 4000; // milliseconds after which it is said that the server has not answered
const AWAY = "The server has not answered yet: numbers, Python and the live page come from it. Pictures are made here, without it.";
const MAKING = "Being made …";
const ROOMY = 1080; // pixels of the page, at most, of which a picture is made
const PICTURES = { svg: "image/svg+xml", png: "image/png" };

// ask({ id, kind, theme }): has the server make a file, and asks how far it is; both come to `taken`; with `leave`, that it
// is wanted no longer, or is here; about() → { title, lines, name } of the view;
// only: see `figuresOnPage`
export function buildTakeAway({ ask, about, only = null }) {
  const button = element("button", { type: "button", class: "quiet", "aria-haspopup": "true", "aria-expanded": "false", title: "The numbers, the picture, a live page or the Python of exactly this view" }, "Take away");
  const list = element("ul", { class: "offers" });
  const which = element("select", { "aria-label": "Which picture" });
  const picked = element("label", { class: "which" }, "Pictures of ", which);
  const said = element("p", { class: "said-of-it", role: "status" });
  const bar = element("progress", { max: "1", "aria-label": "How much of it is made" });
  const share = element("span", { class: "share", "aria-hidden": "true" });
  const stop = element("button", { type: "button", class: "quiet" }, "Stop");
  const making = element("div", { class: "making", hidden: "" }, bar, share, stop);
  const code = element("pre", { class: "code", tabindex: "0", role: "region", "aria-label": "Python" });
  const copy = element("button", { type: "button", class: "quiet" }, "Copy");
  const keep = element("button", { type: "button", class: "quiet" }, "Save as a file");
  const back = element("button", { type: "button", class: "quiet" }, "Back");
  const python = element("div", { class: "python", hidden: "" }, element("div", { class: "python-head" }, copy, keep, back), code);
  const panel = element("div", { class: "lv-take panel", role: "dialog", "aria-label": "Take this view away", hidden: "" }, list, picked, said, making, python);
  const root = element("div", { class: "take-away" }, button, panel);
  let offers = [];
  let figures = [];
  let waiting = null; // what was asked for
  let since = 0; // when
  let [patience, again] = [0, 0];
  let fetching = false;
  let snippet = null;

  button.onclick = () => (panel.hidden ? open() : close());
  root.onkeydown = (event) => {
    if (event.key === "Escape" && !panel.hidden) {
      close();
      button.focus();
    } else if (panel.contains(event.target) && ["ArrowDown", "ArrowUp"].includes(event.key) && event.target.matches(".offers button")) {
      const all = [...list.querySelectorAll("button")];
      const next = all.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1);
      all[(next + all.length) % all.length].focus();
      event.preventDefault();
    } else if (panel.hidden || !panel.contains(event.target)) return;
    // The page's own keys are for the page.
    event.stopPropagation();
  };
  const elsewhere = (event) => panel.hidden || event.composedPath().includes(root) || close();
  document.addEventListener("pointerdown", elsewhere);
  const unhang = keptHung(panel);

  function open() {
    figures = figuresOnPage(only);
    replace(which, ...figures.map(({ name }, k) => element("option", { value: k }, name)));
    if (!waiting) say("");
    panel.hidden = false;
    button.setAttribute("aria-expanded", "true");
    fold(false);
    inSight();
    list.querySelector("button")?.focus({ preventScroll: true });
  }
  function close() {
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
  }
  function say(text) {
    said.textContent = text;
    said.hidden = !text;
    inSight();
  }
  function inSight() {
    if (!panel.hidden) panel.scrollIntoView({ block: "nearest" });
  }

  // Python stands in place of the list.
  function fold(code) {
    python.hidden = !code;
    list.hidden = code;
    picked.hidden = code || figures.length < 2;
    panel.classList.toggle("wide", code);
    hang(panel);
  }

  async function take(kind) {
    if (kind in PICTURES) return draw(kind);
    waiting = { id: `${Date.now()} ${Math.random()}`, kind, theme: themeOf(root) };
    since = performance.now();
    making.hidden = true;
    say(MAKING);
    askFor(waiting);
  }
  function askFor(what) {
    clearTimeout(again);
    clearTimeout(patience);
    patience = setTimeout(() => waiting && say(AWAY), PATIENCE);
    ask(what);
  }
  // It is made no longer, or it is here.
  function leave() {
    const { id } = waiting;
    waiting = null;
    making.hidden = true;
    clearTimeout(again);
    clearTimeout(patience);
    ask({ id, leave: true });
  }
  stop.onclick = () => {
    const { kind } = waiting;
    leave();
    say("Stopped: nothing was saved.");
    list.querySelector(`[data-kind="${kind}"]`)?.focus();
  };

  // How far the server is with it; asked again in a while.
  function goesOn(given) {
    making.hidden = performance.now() - since < BAR;
    bar.value = given.share;
    share.textContent = `${Math.round(100 * given.share)} %`;
    // What changes with every answer is not read out each time.
    const sentence = given.turn ? `Waits for its turn. ${given.turn}` : MAKING;
    if (said.textContent !== sentence) say(sentence);
    else inSight();
    clearTimeout(patience);
    again = setTimeout(() => waiting && askFor({ ...waiting, again: performance.now() }), AGAIN);
  }

  async function draw(kind) {
    const figure = figures[Number(which.value)] ?? figures[0];
    if (!figure) return say("There is no picture on the page yet.");
    say("Being drawn …");
    await new Promise((painted) => setTimeout(painted));
    try {
      const { title, lines, name } = about();
      const style = getComputedStyle(root);
      const colours = { text: style.getPropertyValue("--st-text-color"), muted: style.getPropertyValue("--muted") || style.color, background: style.getPropertyValue("--st-background-color") };
      // A program that opens an SVG has fonts of its own; dots are drawn here, with the page's.
      const fonts = kind === "png" ? await fontsOfThePage() : "";
      // On a wide screen, type would be small beside the rest.
      const picture = atMost(ROOMY, only ? [only] : rootsOnPage(), () => pictureOf(figure.nodes, { title, lines, foot: document.title.split(" · ").pop(), colours, fonts }));
      const content = kind === "svg" ? new Blob([asText(picture)], { type: PICTURES.svg }) : await asPng(picture);
      const part = figures.length > 1 && figure !== figures[0] ? `-${plain(figure.name)}` : "";
      save(content, `${plain(name)}${part}.${kind}`);
    } catch (error) {
      console.error(error);
      say("The browser could not draw that; try one figure, or SVG in place of PNG.");
    }
  }

  // The server's answer: what it is and its bytes or their address, or how far it is. An answer may come twice.
  function taken(given, bytes) {
    if (given.id !== waiting?.id || fetching) return;
    clearTimeout(again);
    if (!given.made) return goesOn(given);
    if (given.address) return fetchFrom(given);
    has(given, bytes);
  }
  async function fetchFrom(given) {
    clearTimeout(patience);
    fetching = true;
    const bytes = await fetch(new URL(given.address, document.baseURI)).then((answer) => (answer.ok ? answer.arrayBuffer() : null)).catch(() => null);
    fetching = false;
    if (given.id !== waiting?.id) return;
    if (bytes) has(given, bytes);
    else askFor({ ...waiting, inline: true }); // what stands between lets messages through alone
  }
  function has(given, bytes) {
    leave();
    const content = new Blob([bytes], { type: given.type });
    if (given.name && given.kind === "py") return show(new TextDecoder().decode(bytes), content, given.name);
    if (given.name) save(content, given.name, given.note);
    else say(given.note);
  }

  function show(text, content, name) {
    snippet = { text, content, name };
    say("");
    code.textContent = text;
    fold(true);
    copy.focus();
  }
  copy.onclick = () => copied(snippet.text, copy, python);
  back.onclick = () => {
    fold(false);
    list.querySelector("[data-kind=py]").focus();
  };
  keep.onclick = () => save(snippet.content, snippet.name);

  function save(content, name, note = "") {
    const link = element("a", { href: URL.createObjectURL(content), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say(`Saved as ${name}. ${note}`.trim());
  }

  return {
    root,
    taken,
    update(given = []) {
      root.hidden = !given.length;
      if (JSON.stringify(given) === JSON.stringify(offers)) return;
      offers = given;
      replace(list, ...offers.map(({ kind, title, about: what }) => {
        const each = element("button", { type: "button", "data-kind": kind }, element("strong", {}, title), element("small", {}, what));
        each.onclick = () => take(kind);
        return element("li", {}, each);
      }));
    },
    close() {
      clearTimeout(patience);
      clearTimeout(again);
      document.removeEventListener("pointerdown", elsewhere);
      unhang();
    },
  };
}

// A name for a file.
function plain(text) {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
