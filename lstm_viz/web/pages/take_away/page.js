// Taking a view away, for a page that is made of several components: the menu alone, at its head.
import { themeOf } from "../../core/colour.js";
import { unpack } from "../../core/payload.js";
import { buildRoot } from "../../core/root.js";
import { buildPresentButton } from "../../parts/present_button.js";
import { buildTakeAway } from "../../parts/take_away.js";

const views = new WeakMap();

export default function takeAwayView({ parentElement, data, setStateValue }) {
  if (!views.has(parentElement)) views.set(parentElement, build(parentElement, setStateValue));
  const view = views.get(parentElement);
  view.update(data);
  return view.close;
}

function build(parent, setStateValue) {
  const root = buildRoot("lv-take-away");
  let told = null;
  const menu = buildTakeAway({
    // Where a page is open at one of several things, its address says at which.
    ask: (what) => setStateValue("asked", { ...what, claim: new URLSearchParams(window.location.search).get("claim") ?? "" }),
    about: () => ({ title: document.title.split(" · ")[0], lines: told.lines, name: told.name }),
  });
  root.append(buildPresentButton(), menu.root);
  parent.append(root);
  return {
    update(bytes) {
      const { header, file } = unpack(bytes);
      told = header;
      root.style.setProperty("--muted", header.themes[themeOf(root)].muted);
      menu.update(header.offers);
      if (header.taken) menu.taken(header.taken, file);
      root.dataset.painted = "yes";
    },
    close() {
      menu.close();
      views.delete(parent);
      root.remove();
    },
  };
}
