// The way through a lesson: back, on, and any step; and what the reader has predicted and done, kept by the browser.
import { linkAddress, setAddress } from "../../core/address.js";
import { element, replace, say } from "../../core/dom.js";
import { buildRoot } from "../../core/root.js";
import { SUM_UP } from "../../core/said.js";
import { keepMarks, marksOf } from "../../live/lesson_marks.js";
import { copied } from "../../parts/copied.js";

const LOST = "This browser keeps nothing, so your predictions last for as long as this tab is open.";
const PLACES = ".st-key-lv_lesson_stage, .st-key-lv_lesson_end"; // where Streamlit puts the step
const views = new WeakMap();

export default function lessonView({ parentElement, data, setStateValue }) {
  if (!views.has(parentElement)) views.set(parentElement, build(parentElement, () => views.delete(parentElement)));
  const view = views.get(parentElement);
  view.update(data, setStateValue);
  return view.close;
}

function build(parent, forget) {
  const root = buildRoot("lv-lesson");
  const sender = Math.random(); // tells the messages of this bar from those of an earlier one
  const life = new AbortController();
  let [told, send, number, kept] = [null, null, 0, null];
  const back = button("way", "Back");
  const on = button("way on", "Next");
  const steps = element("select", { "aria-label": "Step" });
  const said = element("span", { class: "told", role: "status" });
  const lost = element("p", { class: "help", hidden: "" }, LOST);
  const list = button("quiet", "All lessons");
  const reset = button("quiet", "As it was");
  const again = button("quiet", "Start again");
  const copy = button("quiet copy", "Copy link");
  const progress = element("div", { class: "progress", "aria-hidden": "true" });
  const ways = element("div", { class: "ways" }, back, steps, on);
  const rest = element("div", { class: "rest" }, said, reset, copy, again, list);
  root.append(progress, ways, rest, lost);
  parent.append(root);
  root.addEventListener(SUM_UP, ({ detail }) => told && Object.assign(detail, { says: () => [`Step ${steps.selectedOptions[0].textContent}`, told.said], alone: true }));
  reset.title = "Show this step as the lesson has it";
  copy.title = "Copy a link to exactly this step";
  again.title = "Forget what you predicted and did in this lesson";
  on.title = "Alt + Page Down";
  back.title = "Alt + Page Up";

  const act = (...what) => send("told", { sender, number: ++number, act: what, kept });
  const go = (at) => at >= 1 && at <= told.steps.length + 1 && at !== told.at && act("go", at);
  back.onclick = () => go(told.at - 1);
  on.onclick = () => go(told.at + 1);
  steps.onchange = () => go(Number(steps.value));
  list.onclick = () => act("close");
  reset.onclick = () => act("reset");
  again.onclick = () => act("forget");
  copy.onclick = () => copied(linkAddress(), copy, root);
  // Presenter mode's keys; who takes the event says so.
  document.addEventListener("lv-present-step", (event) => {
    event.preventDefault();
    go(told.at + event.detail.by);
  }, { signal: life.signal });
  document.addEventListener("keydown", (event) => {
    const by = { PageDown: 1, PageUp: -1 }[event.key];
    if (!by || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(told.at + by);
  }, { signal: life.signal });

  // The name of this page among all names leads to the list.
  document.addEventListener("click", (event) => {
    const link = told?.listed ? event.composedPath().find((node) => node.matches?.("a[href]")) : null;
    if (link?.closest("[data-testid^=stTopNav], [data-testid^=stSidebarNav]") && new URL(link.href).pathname === window.location.pathname) act("close");
  }, { signal: life.signal });

  function update(data, setStateValue) {
    const [before, first] = [told, !told || told.digest !== data.digest];
    [told, send] = [data, setStateValue];
    if (first) {
      kept = marksOf(told.digest)?.marks ?? {};
      // Nothing is shown of a step before the server knows what the browser keeps of it; see `heard`.
      if (!told.heard) send("told", { sender, number: ++number, act: null, kept });
    }
    if (told.heard) lost.hidden = keepMarks(told.digest, { at: told.at, marks: told.marks });
    const last = told.steps.length;
    replace(steps, ...told.steps.map(({ title, over }, k) => option(k + 1, `${k + 1} of ${last}${over ? " ✓" : ""}  ${title}`)), option(last + 1, "The end"));
    steps.value = String(told.at);
    replace(progress, ...told.steps.map(({ over }, k) => element("i", { class: [over && "over", k + 1 === told.at && "now"].filter(Boolean).join(" ") })));
    back.disabled = told.at === 1;
    on.disabled = told.at > last;
    on.textContent = told.at === last ? "Finish" : "Next";
    on.classList.toggle("ready", told.ready);
    say(said, told.said);
    reset.hidden = told.asMade;
    copy.hidden = told.at > last;
    list.hidden = !told.listed;
    again.hidden = told.at <= last;
    setAddress(told.address, root);
    if (before && before.digest === told.digest && before.at !== told.at) toTheTop(root);
    root.dataset.at = told.at;
    root.dataset.heard = told.heard;
    root.dataset.painted = "yes";
  }

  function close() {
    life.abort();
    forget();
    root.remove();
  }
  return { update, close };
}

// Another step begins at its beginning.
function toTheTop(root) {
  const place = document.querySelector(PLACES);
  // Whoever did not press a button of the bar was in the step before, and is in none now.
  const heading = place?.querySelector("h2");
  if (heading && document.activeElement !== root.getRootNode().host) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  if (place && place.getBoundingClientRect().top < 0) place.scrollIntoView({ block: "start" });
}

function button(kind, text) {
  return element("button", { type: "button", class: kind }, text);
}

function option(value, text) {
  return element("option", { value }, text);
}
