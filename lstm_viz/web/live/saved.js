// A live page in a file of its own, without a server: what Python said of the view when it was saved, the numbers in the file
// or what makes them, and whatever the reader does. A sentence that may no longer hold is left out.
import { themeOf } from "../core/colour.js";
import { focusSaysIt } from "../core/heard.js";
import { listenToKeys } from "../core/keys.js";
import { buildRoot } from "../core/root.js";
import { voice } from "../core/said.js";
import { markTerms } from "../core/terms.js";
import { reduce } from "../doing/reducer.js";
import { goesOn } from "../doing/texts.js";
import { aboutView } from "./about_view.js";
import { looking, picture } from "./picture.js";

const CHOSEN = ["step", "unit", "source"]; // settings on which only sentences of the chosen place depend

// name, build: of a page, see mount.js
// words: { header, variants: [{ when: settings, header, as }], of: names of settings for any value of which it holds }; as:
// the settings with which a variant was told, where it tells of them as a whole
// counting: { numbers(settings), chosen(settings) → { header, arrays }, nearest(settings, step) where not every step has
// numbers, still: where they are as saved, whatever is chosen }; source, rules: as `reduce` takes them, source null where nothing can
// be read
// shown(height): told when the page has another height
export function openSaved({ parent, name, build, settings, words, counting, source = null, rules = {}, shown = () => {} }) {
  const root = buildRoot("lv-page", `lv-${name.replaceAll("_", "-")}`, "lv-saved");
  const state = { header: null, arrays: {}, step: 0, unit: 0, theme: "light", width: 0 };
  const life = new AbortController();
  const saved = settings;
  let [past, future] = [[], []];
  let [edits, typing] = [0, false];
  parent.append(root);

  // What there is to say of a view with these settings.
  function said(now) {
    const header = { ...words.header, settings: now };
    let told = saved;
    for (const { when, header: more, as = {} } of words.variants) {
      if (!Object.entries(when).every(([each, value]) => now[each] === value)) continue;
      merge(header, more);
      told = { ...told, ...as };
    }
    const others = Object.keys(now).filter((each) => !words.of.includes(each) && now[each] !== told[each]);
    const [behind, elsewhere] = [others.some((each) => !CHOSEN.includes(each)), others.length > 0];
    root.classList.toggle("behind", behind);
    root.classList.toggle("behind-choice", elsewhere);
    const gone = behind ? { problem: "", edit: "" } : {};
    return { ...header, ...gone, layer: `${now.layer} ${now.direction}`, text: now.text, undo: past.length > 0, redo: future.length > 0 };
  }

  function tell(action) {
    const before = settings;
    const [kind] = action;
    if (kind === "undo" || kind === "redo") goBack(kind);
    else carryOut(action);
    if (settings === before) return;
    edits += 1;
    if (settings.text !== before.text && !["type", "example"].includes(kind)) page.editor.put(settings.text);
    const only = looking(action);
    if (only && page.says && !focusSaysIt()) voice().later(page.says);
    else voice().hush();
    say();
    count(only ? "chosen" : "numbers");
  }

  function carryOut(action) {
    const next = counting.still && action[0] !== "set" ? null : reduce(settings, action, { source, rules });
    if (!next) return;
    if (counting.nearest && next.step !== settings.step) next.step = counting.nearest(settings, next.step);
    const going = action[0] === "type" && typing && goesOn(settings, action[1], source);
    if (action[0] !== "set" && !going) [past, future] = [[...past, settings], []];
    typing = action[0] === "type";
    settings = next;
  }

  function goBack(kind) {
    const [from, to] = kind === "undo" ? [past, future] : [future, past];
    if (!from.length) return;
    to.push(settings);
    settings = from.pop();
    typing = false;
    showing.settle();
  }

  function say() {
    const header = said(settings);
    page.menu?.update(header);
    page.editor.update(header, true);
    return header;
  }

  function count(part) {
    const made = counting[part](settings);
    showing.take(part, { header: { ...made.header, settings }, arrays: made.arrays }, !counting.still || !edits);
    showing.show(said(settings), part, edits);
    markTerms(root, words.header.glossary);
  }

  const page = build({ root, state, tell, set: (values) => tell(["set", values]), ask() {}, signal: life.signal });
  const showing = picture(root, state, page);
  page.editor.attend({ rest() {}, settled: async () => true, ask() {}, about: () => aboutView(state) });
  listenToKeys({ root, state, editor: page.editor, move: page.move, tell, signal: life.signal });
  page.editor.lock(Boolean(counting.still));
  say();
  Object.assign(state, { theme: themeOf(root), width: root.clientWidth });
  showing.settle();
  count("numbers");

  function again() {
    Object.assign(state, { theme: themeOf(root), width: root.clientWidth });
    page.editor.fit();
    showing.show(said(settings), "numbers", edits);
  }
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  const tellHeight = () => shown(Math.ceil(document.documentElement.getBoundingClientRect().height));
  tellHeight(); // a browser does not observe what is out of sight
  new ResizeObserver(() => {
    tellHeight();
    if (root.clientWidth !== state.width) again();
  }).observe(root);
  return page;
}

// What is said instead; of sentences by name, those that are others.
function merge(header, more) {
  for (const [name, value] of Object.entries(more)) {
    const named = value && typeof value === "object" && !Array.isArray(value);
    header[name] = named ? { ...header[name], ...value } : value;
  }
}
