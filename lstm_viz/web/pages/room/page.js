// A room as a component: the lecturer's part, at the question that it asks.
import { themeOf } from "../../core/colour.js";
import { buildRoot } from "../../core/root.js";
import { buildRoom } from "../../parts/room/room.js";

const views = new WeakMap();

export default function roomView({ parentElement, data, setStateValue }) {
  if (!views.has(parentElement)) views.set(parentElement, build(parentElement));
  const view = views.get(parentElement);
  view.update(data, setStateValue);
  return view.close;
}

function build(parent) {
  const root = buildRoot("lv-room-of-lecturer");
  let send = () => {};
  const room = buildRoom({ app: document.baseURI, send: (message) => send("message", message) });
  root.append(room.root);
  parent.append(root);
  return {
    update(data, setStateValue) {
      send = setStateValue;
      const theme = themeOf(root);
      root.style.setProperty("--muted", data.themes[theme].muted);
      room.update({ ...data, theme });
      root.dataset.painted = "yes";
    },
    close() {
      room.close();
      views.delete(parent);
      root.remove();
    },
  };
}
