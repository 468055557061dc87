// What every live page does: its elements are built once for a place in the document, then updated in place. A key goes
// editor → reader → engine → picture, all here; when typing rests, the server says what it means in words, and counts
// where the browser cannot.
import { setAddress, shownAddress } from "../core/address.js";
import { atWork } from "../core/at_work.js";
import { themeOf } from "../core/colour.js";
import { focusSaysIt } from "../core/heard.js";
import { followTheme } from "../core/theme.js";
import { listenToKeys } from "../core/keys.js";
import { unpack } from "../core/payload.js";
import { STEP } from "../core/presented.js";
import { LAY_OUT, buildRoot } from "../core/root.js";
import { SUM_UP, voice } from "../core/said.js";
import { markTerms } from "../core/terms.js";
import { reduce } from "../doing/reducer.js";
import { goesOn } from "../doing/texts.js";
import { belonging, leave, saidElsewhere, samePlace, takeOver } from "./handover.js";
import { holdings } from "./holdings.js";
import { leaving } from "./leaving.js";
import { outbox } from "./outbox.js";
import { ownNumbers } from "./own_numbers.js";
import { looking, picture } from "./picture.js";
import { problems } from "./shape.js";
import { keep, missing, recall } from "./tab_memory.js";
import { aboutView } from "./about_view.js";
import { askForWholeRun } from "./whole_run.js";

const HELD = 10000; // milliseconds of a pause that lasts for as long as something is held
const [LONGEST, PATIENCE] = [300, 3000]; // characters of a text that are said; milliseconds for the words on it to come
const REST = 250; // milliseconds without a key after which the server is asked for words
const ANOTHER = ["task", "degrees", "open", "preset"]; // after them, what the text means is another, and keys wait for it

// build({ root, state, tell, set, ask, signal }) → the page's parts:
//   editor, menu (where there is one), move({ step, row }): what the arrow keys do;
//   choices(header): show in the controls what is chosen, called only while the user has chosen nothing newer;
//   draw(): show state.header and state.arrays, for state.step and state.unit
//   chosen(): the same where nothing but what follows the chosen step and unit is new; draw() where a page has none
//   stepOn(by): goes on in a presentation, where a page has more to show of a step → whether there was more
//   point(): tell anew of what the pointer is on, where the page does that
//   says(): where one is, in a sentence; gist(): what has come of an edit
//   has(): name → digest of what else of the server's answers the page keeps
//   refuses(): whether the page shows by itself why the server did not do what it was told
// tell(action, pause): an action is [name, …arguments], see ui/doing/reducer.py; for pause see outbox.js
// set(settings, pause): plain settings, name → value; ask(): have all sent again; signal: aborted when the page closes
// page: the name of its folder in `pages`; make: what makes its numbers, see own_numbers.js
export function mounted(page, build, make = ownNumbers) {
  const views = new WeakMap();
  return ({ parentElement, data, setStateValue }) => {
    if (!views.has(parentElement)) {
      const send = (message) => views.get(parentElement)?.send("message", message);
      views.set(parentElement, start({ parent: parentElement, name: page, build, make, send, forget: () => views.delete(parentElement) }));
    }
    const view = views.get(parentElement);
    view.send = setStateValue; // each is of the part of the page that ran last
    view.update(data);
    return view.close;
  };
}

function start({ parent, name, build, make, send, forget }) {
  const root = buildRoot("lv-page", `lv-${name.replaceAll("_", "-")}`);
  const state = { header: null, arrays: {}, step: 0, unit: 0, theme: "light", width: 0 };
  const life = new AbortController();
  let { before, elsewhere } = takeOver(name, close); // what a page that was here has left
  const held = before?.held ?? holdings();
  const hooks = Object.assign(before?.hooks ?? {}, { ready: () => (unknown ? (late = true) : count("numbers")), failed: takeTheirs });
  const own = before?.own ?? make(name, hooks);
  let mail = null;
  let edits = before?.edits ?? 0;
  let told = before?.told ?? null; // the last header, with all its parts; null until one came that counts on nothing gone
  let settings = before?.settings ?? {}; // the last that the server told, and what was done since
  let unknown = false; // whether something was done that these do not know of
  let late = false; // whether a network came meanwhile
  let asOf = ""; // the settings that the numbers made here are of
  let all = false; // whether the next message asks for all of PyTorch's hidden states
  let fields = ""; // of the last header whose structure was checked
  let session = before?.session ?? null; // the name of the server's session
  let bare = false; // whether the next message asks the server for all, whatever is held
  let asked = false; // whether it was asked for all and has not sent it
  let askedIn = 0; // the number of the message that asked
  let closed = false;
  let focused = false; // whether the caret stands in the editor
  let owed = null; // what makes the sentence that is to be read out, once there is one
  parent.append(root);

  function tell(action, pause = 0) {
    // An answer that has not seen this may not replace what is in the editor.
    if (action[0] !== "set") edits += 1;
    if (ANOTHER.includes(action[0])) page.editor.lock(true);
    // Several edits between two rests are several to undo.
    const apart = own.able(settings) && action[0] === "type" && !goesOn(settings, action[1], own.source(settings));
    const done = carryOut(action);
    unknown ||= !done;
    owe(action);
    // What only the server can show does not wait until the reader's hand rests.
    const wait = done && restful(action) ? Math.max(pause, REST) : pause;
    mail.put(edits, [action], done || wait < HELD ? wait : 0, apart);
    if (told) keep(told, mail.pending());
  }

  // Whoever goes elsewhere hears where that is; whoever typed, once the server has answered, what has come of it.
  function owe(action) {
    const moved = looking(action);
    if (!moved && action[0] === "set") return;
    owed = moved ? focusSaysIt() ? null : page.says : page.gist;
    if (moved && owed) speak();
    else voice().hush();
  }

  // All that is shown in words, once they are of what is shown: which network, which text, and at the end where one is.
  function sumUp() {
    const text = [...page.editor.area.value];
    const shown = text.length > LONGEST ? `${text.slice(0, LONGEST).join("")}…` : text.join("");
    return {
      wait: settled(PATIENCE),
      says: () => [...aboutView(state).lines, shown && `Read is “${shown}”`, told.problem],
      ends: () => [page.says?.()],
    };
  }

  function speak() {
    voice().later(() => {
      const sentence = owed?.() ?? "";
      if (sentence) owed = null;
      return sentence;
    });
  }

  // Does here what was done, as the server will → whether that could be done.
  function carryOut(action) {
    if (!own.able(settings)) return false;
    const { rules } = told;
    const next = reduce(settings, action, { source: own.source(settings), rules });
    if (!next) return false;
    own.load(next);
    if (!own.able(next)) return false;
    const typed = ["type", "example"].includes(action[0]);
    if (!typed && next.text !== settings.text) page.editor.put(next.text);
    settings = next;
    const only = looking(action);
    root.classList.add(only ? "behind-choice" : "behind");
    count(only ? "chosen" : "numbers");
    return true;
  }

  // Has the numbers made here, or a part of them, and shows them.
  function count(part) {
    if (!own.able(settings)) return;
    const at = edits;
    const [wanted, as] = [settings, JSON.stringify(settings)];
    own.ask(part, wanted, (made, { header, arrays }) => {
      shown.take(made, { header: { ...header, settings: wanted }, arrays }, settings === wanted);
      asOf = as;
      shown.show(told, made, at);
      root.setAttribute("data-runs", own.runs(settings));
      root.toggleAttribute("data-states", own.able({ checkpoint: 0 })); // whether all states through training run here
    });
  }

  function begin(from) {
    return outbox(post, { ...from, unheard: askForWholeRun, atWork, away: (silent) => page.editor.away(silent) });
  }
  function post(message) {
    if (bare) askedIn = message.number;
    root.setAttribute("data-sent", message.number);
    const runs = own.runs(settings);
    const has = { ...held.has(), ...page.has?.(), ...(runs && { runs, all }) };
    send({ ...message, session, has: bare ? {} : has });
    bare = all = false;
  }
  function ask() {
    bare = true;
    mail.put(edits, []);
  }
  function takeTheirs() {
    root.removeAttribute("data-runs");
    ask();
  }
  const page = build({ root, state, tell, set: (values, pause) => tell(["set", values], pause), ask, signal: life.signal });
  const shown = picture(root, state, page);
  page.editor.attend({ rest: () => mail.flush(), settled, ask: (what) => mail.put(edits, [["take", what]]), about: () => aboutView(state) });
  // A page that is taken down has lost the caret before it is told.
  page.editor.area.addEventListener("focus", () => (focused = true), { signal: life.signal });
  page.editor.area.addEventListener("blur", () => (focused = !root.isConnected || !document.hasFocus()), { signal: life.signal });
  listenToKeys({ root, state, editor: page.editor, move: page.move, tell, signal: life.signal });
  const layOut = ({ detail }) => {
    if (!state.header || (root.clientWidth === state.width && !detail?.anew)) return;
    state.width = root.clientWidth;
    page.editor.fit();
    page.draw();
  };
  const resized = new ResizeObserver(layOut);
  root.addEventListener(LAY_OUT, layOut);
  root.addEventListener(STEP, stepOn);
  root.addEventListener(SUM_UP, ({ detail }) => state.header && Object.assign(detail, sumUp()));
  leaving({ root, mail: () => mail, signal: life.signal });
  // A network that was away may have been so for longer than the server remembers a page.
  window.addEventListener("online", () => mail?.doubt(), { signal: life.signal });
  resized.observe(root);
  if (before) goOn(before);

  function update(bytes) {
    const { header, arrays, file } = unpack(bytes);
    // Asked for before anything changes, which would make the browser lay out the page first.
    const theme = themeOf(root);
    if (before && !samePlace(before.told, header)) forgetBefore();
    if (!told) elsewhere = belonging(elsewhere, header);
    // Another session has forgotten what this one was told: the server was started anew, or the reader away for long.
    const forgotten = session !== null && header.session !== session;
    // Where all was said, the server's text is what counts: an older entry of the history may have led back here.
    const anew = !mail || (before && !mail.pending().length);
    if (anew && !forgotten) edits = header.edits;
    const unsaid = elsewhere && saidElsewhere(elsewhere.mail, edits);
    if (anew) mail = begin({ sent: header.received, left: unsaid });
    session = header.session;
    if (forgotten && told) return restart(header.received);
    if (!held.take(header)) return askAnew(header.received);
    check(header);
    const first = !told;
    told = header;
    const kept = first && !elsewhere ? recall(shownAddress()) : null;
    asked = false;
    const settled = first || mail.settled(header.received);
    if (settled) [settings, unknown] = [{ ...header.settings, text: header.text }, false];
    setAddress(header.address, root);
    if (header.frame) followTheme(header.frame.theme, root);
    say(header, settled, keep(header, mail.pending(header.received)));
    own.offer(header);
    showTheirs(header, arrays, theme, settled);
    late &&= !settled;
    root.setAttribute("data-received", header.received);
    root.setAttribute("data-said", header.edits);
    mail.answer(header.received);
    if (before || elsewhere) mail.goOn();
    before = elsewhere = null;
    if (settled && owed && !first) speak();
    if (header.taken) page.editor.taken?.(header.taken, file);
    whenShown(() => own.load(settings));
    whenShown(() => markTerms(root, told.glossary));
    if (first) resume(kept);
  }

  // A step on, as the one who presents asks for it: taken where there is one.
  function stepOn(event) {
    const { by } = event.detail;
    const before = state.step;
    if (!state.header?.steps) return;
    if (page.stepOn ? page.stepOn(by) : (page.move({ step: by }), state.step !== before)) event.preventDefault();
  }

  // What only the server can say; long: what there is to say of a text that no address holds
  function say(header, settled, long) {
    if (settled) {
      shown.settle();
      root.classList.remove("behind", "behind-choice");
      page.menu?.update(header);
      page.editor.lock(false);
    }
    const refusal = page.refuses?.() ? "" : header.refusal;
    page.editor.update({ ...header, problem: [header.problem, refusal, long].filter(Boolean).join(" ") }, header.edits === edits);
  }

  // The numbers of a message that brings them; of one that does not, those made here, with what is said of them.
  function showTheirs(header, arrays, theme, settled) {
    Object.assign(state, { theme, width: state.width || root.clientWidth });
    const mine = own.able(settings) && shown.any();
    if (header.numbers && !mine) {
      asOf = "";
      shown.take("numbers", { header: header.numbers, arrays: widened(header.numbers, arrays) }, settled);
      shown.show(header, "numbers", header.edits);
      if (settled && late) count("numbers");
    } else if (mine) {
      if (settled && asOf !== JSON.stringify(settings)) count("numbers");
      else shown.show(header, "numbers", settled ? header.edits : shown.edits());
      if (settled && header.check) own.compare(header.check, arrays, settings, (found) => page.menu?.agree(found, compareAll));
    } else if (own.able(settings)) count("numbers");
    else ask();
  }

  // Where a page was that is gone: its text, its caret, and what it had not said.
  function goOn({ text, caret, mail: left }) {
    mail = begin({ sent: left.sent, left });
    page.editor.put(text);
    if (!caret || ![null, document.body].includes(document.activeElement)) return;
    page.editor.area.focus({ preventScroll: true });
    page.editor.area.setSelectionRange(...caret);
  }

  // It was of another step of a lesson.
  function forgetBefore() {
    elsewhere = before;
    before = told = session = mail = null;
    settings = {};
    held.forget();
  }

  function compareAll() {
    all = true;
    mail.put(edits, []);
  }

  function check(header) {
    const names = Object.keys(header).sort().join();
    if (names === fields) return;
    fields = names;
    for (const said of problems(header, header.shape)) console.error(said);
  }

  function askAnew(received) {
    mail.answer(received);
    held.forget();
    // Answers on their way to messages before that one do not know of it.
    if (asked && askedIn && received >= askedIn) console.error("the server counts on something that this page does not hold");
    if (!asked) {
      askedIn = 0;
      ask();
    }
    asked = true;
  }

  // The server is told all there is.
  function restart(received) {
    mail.restart(received, edits, [["restore", { query: told.query, text: told.text, ...held.undoable() }]]);
  }

  // What this tab kept of the view at this address, and the server cannot know.
  function resume(kept) {
    const actions = missing(kept, told);
    if (!actions.length) return;
    mail.put(edits, actions);
    keep(told, mail.pending());
  }

  // Whether, in time for a link, the server has answered all that was done.
  async function settled(patience = 3000) {
    mail.flush();
    for (const end = performance.now() + patience; performance.now() < end; await new Promise((go) => setTimeout(go, 20))) {
      if (told && mail.settled(told.received)) return true;
    }
    return false;
  }

  function close() {
    if (closed) return;
    closed = true;
    mail?.close();
    const { area } = page.editor;
    const caret = focused && [area.selectionStart, area.selectionEnd, area.selectionDirection];
    if (told && mail) leave(name, { told, held, own, hooks, edits, settings, session, caret, text: area.value, mail: mail.left(), dispose: own.close });
    else own.close();
    page.editor.close?.();
    life.abort();
    resized.disconnect();
    forget();
    root.remove();
  }
  return { update, close };
}

// Arrays that have a column for each unit that is drawn, with one for every unit: not a number where none was sent.
function widened({ drawn, units }, arrays) {
  if (!drawn) return arrays;
  const wide = ({ shape: [steps, width], values }) => {
    const all = new Float32Array(steps * units).fill(NaN);
    for (let step = 0; step < steps; step++) drawn.forEach((unit, k) => (all[step * units + unit] = values[step * width + k]));
    return { shape: [steps, units], values: all };
  };
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.shape[1] === drawn.length ? wide(array) : array]));
}

// Whether more of the same is to be expected, so that the server is not asked for words each time.
function restful(action) {
  return action[0] === "type" || looking(action) || moving(action);
}

// Whether an action only goes through the states of a training.
function moving([name, values]) {
  return name === "set" && Object.keys(values).join() === "checkpoint";
}

// After the picture is there: what is fetched then does not hold it up.
function whenShown(run) {
  requestAnimationFrame(() => setTimeout(run));
}
