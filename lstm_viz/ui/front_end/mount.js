// What every live component does: its elements are built once for a place on the page, then updated in place.
import { setAddress } from "./address.js";
import { themeOf } from "./colour.js";
import { element } from "./dom.js";
import { outbox } from "./outbox.js";
import { unpack } from "./payload.js";

// build(view) → { edit(header, latest, series), draw(renew), close() }; view: { root, state, tell(changes), edited() }
// latest: what the server says of the text may replace what is in the editor; renew: the same for what is chosen
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
  const root = element("div", { class: `lv-live ${name}` });
  const state = { header: null, arrays: {}, edits: 0, theme: "light" };
  let mail = null;
  parent.append(root);
  const inner = build({
    root,
    state,
    tell: (changes) => mail.put(state.edits, changes),
    // Told before an edit is sent: the answer that has seen it may replace what the user sees.
    edited: () => (state.edits += 1),
  });
  let width = 0;
  const resized = new ResizeObserver(() => {
    if (!state.header || root.clientWidth === width) return;
    width = root.clientWidth;
    inner.draw(false);
  });
  resized.observe(root);

  function update(bytes) {
    const { header, arrays } = unpack(bytes);
    if (!mail) {
      mail = outbox(send, header.received);
      state.edits = header.edits;
    }
    const first = !state.header;
    const latest = header.edits === state.edits;
    setAddress(header.linkable ? header.query : "");
    // A number half typed: what was there stays, pale, until the text can be read again.
    const pale = header.unreadable && !first && state.header.steps > 0 && state.header.menu.task === header.menu.task;
    root.classList.toggle("pale", pale);
    inner.edit(header, latest, arrays.series);
    if (!pale) Object.assign(state, { header, arrays, theme: themeOf(root) });
    const muted = header.themes?.[state.theme].muted;
    if (muted) root.style.setProperty("--muted", muted);
    if (!pale) inner.draw(first || mail.settled(header.received));
    root.setAttribute("data-painted", header.edits);
    root.setAttribute("data-received", header.received);
    mail.answer(header.received);
  }
  function close() {
    inner.close();
    resized.disconnect();
    mail?.close();
    forget();
    root.remove();
  }
  return { update, close };
}
