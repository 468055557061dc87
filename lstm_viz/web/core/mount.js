// What every live page does: its elements are built once for a place in the document, then updated in place; what the
// user does goes to the server; and what the server answers is shown unless the user has gone on since.
import { setAddress } from "./address.js";
import { themeOf } from "./colour.js";
import { listenToKeys } from "./keys.js";
import { outbox } from "./outbox.js";
import { unpack } from "./payload.js";
import { buildRoot } from "./root.js";

// build({ root, state, tell, signal }) → the page's parts:
//   editor, menu (where there is one), move({ step, row }): what the arrow keys do;
//   choices(header): show in the controls what is chosen, called only while the user has chosen nothing newer;
//   draw(): show state.header and state.arrays, for state.step and state.unit
//   point(): tell anew of what the pointer is on, where the page does that
// tell(changes, pause): see outbox.js; signal: aborted when the page closes
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
  let mail = null;
  let edits = 0;
  let heard = 0; // the last message of ours that the server knew of
  let query = "";
  parent.append(root);

  function tell(changes, pause) {
    // An answer that has not seen this may not replace what is in the editor.
    if ("text" in changes || "actions" in changes) edits += 1;
    mail.put(edits, changes, pause);
  }
  const page = build({ root, state, tell, signal: life.signal });
  listenToKeys({ root, state, editor: page.editor, move: page.move, signal: life.signal });
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
      mail = outbox(send, header.received);
      edits = header.edits;
    }
    // A server that knows of less than it did has been started anew.
    if (header.received < heard) return restore(header.received);
    heard = header.received;
    const first = !state.header;
    const settled = first || mail.settled(header.received);
    setAddress(header.linkable ? header.query : "");
    query = header.query;
    if (settled) page.menu?.update(header.menu);
    page.editor.update(header, header.edits === edits, arrays.series);
    // A number half typed: what was there stays, pale, until the text can be read again.
    const pale = header.unreadable && !first && state.header.steps > 0 && state.header.menu.task === header.menu.task;
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
    mail.answer(header.received);
  }

  // What was chosen here stays until an answer has seen it, but never lies past the end of what there is.
  function choose(settled) {
    const { header } = state;
    if (settled) {
      Object.assign(state, { step: header.chosen.step, unit: header.chosen.unit });
      if (header.steps) page.choices?.(header);
      return;
    }
    state.step = Math.max(0, Math.min(state.step, header.steps - 1));
    state.unit = Math.max(0, Math.min(state.unit, header.units - 1));
  }

  // The server is told all there is.
  function restore(received) {
    mail.restart(received);
    heard = received;
    mail.put(edits, { restore: { query, text: page.editor.area.value, step: state.step, unit: state.unit } });
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
