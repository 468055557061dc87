// What every live page does: its elements are built once for a place in the document, then updated in place; what the
// user does goes to the server; and what the server answers is shown unless the user has gone on since.
import { setAddress, shownAddress } from "../core/address.js";
import { themeOf } from "../core/colour.js";
import { constantParts } from "./constant_parts.js";
import { listenToKeys } from "../core/keys.js";
import { outbox } from "./outbox.js";
import { unpack } from "../core/payload.js";
import { buildRoot } from "../core/root.js";
import { problems } from "./shape.js";
import { forgetMemory, missing, recall, remember } from "./tab_memory.js";
import { askForWholeRun } from "./whole_run.js";

const LONG = "This text is too long for a link: save the view as a file to share";
const KEPT = `${LONG} it. The address keeps everything else, and this browser tab keeps the text when it is loaded again.`;
const LOST = `${LONG} or keep it. The address keeps everything else; loading the page again would lose the text.`;
const ANOTHER = ["task", "degrees", "open", "preset"]; // after them, what the text means is another, and keys wait for it

// build({ root, state, tell, set, ask, signal }) → the page's parts:
//   editor, menu (where there is one), move({ step, row }): what the arrow keys do;
//   choices(header): show in the controls what is chosen, called only while the user has chosen nothing newer;
//   draw(): show state.header and state.arrays, for state.step and state.unit
//   point(): tell anew of what the pointer is on, where the page does that
//   has(): name → digest of what else of the server's answers the page keeps
//   refuses(): whether the page shows by itself why the server did not do what it was told
// tell(action, pause): an action is [name, …arguments], see ui/doing/reducer.py; for pause see outbox.js
// set(settings, pause): plain settings, name → value; ask(): have all sent again; signal: aborted when the page closes
export function mounted(name, build) {
  const views = new WeakMap();
  return ({ parentElement, data, setStateValue }) => {
    if (!views.has(parentElement)) {
      views.set(parentElement, start(parentElement, name, build, (message) => setStateValue("message", message), () => views.delete(parentElement)));
    }
    const view = views.get(parentElement);
    view.update(data);
    return view.close;
  };
}

function start(parent, name, build, send, forget) {
  const root = buildRoot("lv-page", name);
  const state = { header: null, arrays: {}, step: 0, unit: 0, theme: "light", width: 0 };
  const life = new AbortController();
  const parts = constantParts();
  let mail = null;
  let edits = 0;
  let told = null; // the last header, with all its parts
  let fields = ""; // of the last header whose structure was checked
  let session = null; // the name of the server's session
  let bare = false; // whether the next message asks the server for all, whatever is held
  let asked = false; // whether it was asked for all and has not sent it
  let askedIn = 0; // the number of the message that asked
  let chosen = false; // whether the controls have been told what there is to choose
  let pastName = ""; // what the server calls the past that is held here
  let [past, future] = [[], []]; // what undo and redo go through, to tell a server that has forgotten it
  parent.append(root);

  function tell(action, pause) {
    // An answer that has not seen this may not replace what is in the editor.
    if (action[0] !== "set") edits += 1;
    if (ANOTHER.includes(action[0])) page.editor.lock(true);
    mail.put(edits, [action], pause);
    keep();
  }
  function post(message) {
    if (bare) askedIn = message.number;
    root.setAttribute("data-sent", message.number);
    send({ ...message, has: bare ? {} : { ...parts.has(), ...page.has?.(), ...(pastName && { past: pastName }) } });
    bare = false;
  }
  function ask() {
    bare = true;
    mail.put(edits, []);
  }
  const page = build({ root, state, tell, set: (settings, pause) => tell(["set", settings], pause), ask, signal: life.signal });
  listenToKeys({ root, state, editor: page.editor, move: page.move, tell, signal: life.signal });
  const resized = new ResizeObserver(() => {
    if (!state.header || root.clientWidth === state.width) return;
    state.width = root.clientWidth;
    page.editor.fit();
    page.draw();
  });
  resized.observe(root);

  function update(bytes) {
    const { header, arrays } = unpack(bytes);
    // Asked for before anything changes, which would make the browser lay out the page first.
    const theme = themeOf(root);
    if (!mail) {
      mail = outbox(post, { sent: header.received, unheard: askForWholeRun });
      edits = header.edits;
    }
    // Another session has forgotten what this one was told: the server was started anew, or the reader away for long.
    const forgotten = session !== null && header.session !== session;
    session = header.session;
    if (forgotten && told) return restart(header.received);
    const { name, kept: same, added, future: ahead } = header.history;
    if (!parts.complete(header) || same > past.length) return askAnew(header.received);
    [past, future, pastName] = [past.slice(0, same).concat(added), ahead, name];
    check(header);
    const first = !told;
    told = header;
    const kept = first ? recall(shownAddress()) : null;
    asked = false;
    const settled = first || mail.settled(header.received);
    setAddress(header.short);
    const safe = keep(header.received);
    show(header, arrays, theme, settled, { ...header, problem: saying(header, safe) });
    mail.answer(header.received);
    if (first) resume(kept);
  }

  function show(header, arrays, theme, settled, said) {
    if (settled) {
      page.menu?.update(header);
      page.editor.lock(false);
    }
    page.editor.update(said, header.edits === edits, arrays.series);
    // A number half typed: what was there stays, pale, until the text can be read again.
    const pale = Boolean(header.unreadable && state.header?.steps && state.header.menu.task === header.menu.task);
    root.classList.toggle("pale", pale);
    if (!pale) {
      Object.assign(state, { header, arrays, theme, width: state.width || root.clientWidth });
      const { muted } = header.themes[state.theme];
      if (root.style.getPropertyValue("--muted") !== muted) root.style.setProperty("--muted", muted);
      choose(settled);
      page.draw();
      page.point?.();
    }
    root.setAttribute("data-painted", header.edits);
    root.setAttribute("data-received", header.received);
  }

  // What was chosen here stays until an answer has seen it, but never lies past the end of what there is.
  function choose(settled) {
    const { header } = state;
    if (settled) Object.assign(state, { step: header.chosen.step, unit: header.chosen.unit });
    state.step = Math.max(0, Math.min(state.step, header.steps - 1));
    state.unit = Math.max(0, Math.min(state.unit, header.units - 1));
    // Where there was nothing to choose from until now, nothing newer can have been chosen.
    if (!header.steps || (chosen && !settled)) return;
    chosen = true;
    page.choices?.(header);
  }

  function check(header) {
    const names = Object.keys(header).sort().join();
    if (names === fields) return;
    fields = names;
    for (const said of problems(header, header.shape)) console.error(said);
  }

  function askAnew(received) {
    mail.answer(received);
    parts.forget();
    [past, pastName] = [[], ""];
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
    mail.restart(received, edits, [["restore", { query: told.query, text: told.text, past, future }]]);
  }

  // What this tab kept of the view at this address, and the server cannot know.
  function resume(kept) {
    const actions = missing(kept, told);
    if (!actions.length) return;
    mail.put(edits, actions);
    keep();
  }

  // Has the tab keep what a reload would lose, given the last message that was answered → whether it does.
  function keep(answered) {
    const actions = mail.pending(answered);
    if (!actions.length && told.linkable) {
      forgetMemory();
      return true;
    }
    const at = [shownAddress(), shownAddress(told.short)];
    return remember({ at, query: told.query, text: told.text, actions });
  }

  function saying(header, safe) {
    const long = header.linkable ? "" : safe ? KEPT : LOST;
    const refusal = page.refuses?.() ? "" : header.refusal;
    return [header.problem, refusal, long].filter(Boolean).join(" ");
  }

  function close() {
    life.abort();
    resized.disconnect();
    mail?.close();
    forget();
    root.remove();
  }
  return { update, close };
}
