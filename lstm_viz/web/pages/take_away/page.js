// Taking a view away, for a page that is made of several components: the menu alone, at its head.
import { linkAddress } from "../../core/address.js";
import { themeOf } from "../../core/colour.js";
import { element } from "../../core/dom.js";
import { unpack } from "../../core/payload.js";
import { buildRoot } from "../../core/root.js";
import { followTheme } from "../../core/theme.js";
import { copied } from "../../parts/copied.js";
import { buildEmbedding } from "../../parts/copy_embed.js";
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
  const copy = element("button", { type: "button", class: "quiet", title: "Copy a link to exactly this view" }, "Copy link");
  copy.onclick = () => copied(linkAddress(), copy, root);
  const embedding = buildEmbedding(async () => true);
  root.append(copy, embedding.root, buildPresentButton(), menu.root);
  parent.append(root);
  return {
    update(bytes) {
      const { header, file } = unpack(bytes);
      told = header;
      root.style.setProperty("--muted", header.themes[themeOf(root)].muted);
      followTheme(header.frame.theme, root);
      menu.update(header.offers);
      embedding.update(header);
      if (header.taken) menu.taken(header.taken, file);
      root.dataset.painted = "yes";
    },
    close() {
      menu.close();
      embedding.close();
      views.delete(parent);
      root.remove();
    },
  };
}
