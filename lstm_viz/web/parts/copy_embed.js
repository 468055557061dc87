// The tag by which another page embeds this view: how large, in which colours, with what of the page.
import { embedTag } from "../core/address.js";
import { element } from "../core/dom.js";
import { copied } from "./copied.js";
import { buildPopup } from "./popup.js";

const SIZES = { "700 × 500": [700, 500], "960 × 600": [960, 600] };
const COLOURS = { "As the reader’s browser asks": "", Light: "light", Dark: "dark" };
const WITHOUT = { "The figures alone": true, "What is shown now": false };

// settled(): a promise of whether the server has seen all that the link is to hold
export function buildEmbedding(settled) {
  const [size, colours, without] = [SIZES, COLOURS, WITHOUT].map(select);
  const tag = element("textarea", { readonly: "", rows: 5, "aria-label": "The tag" });
  const copy = element("button", { type: "button", class: "quiet" }, "Copy");
  const note = element("p", { class: "help" }, "Put this tag into a page of your course. Readers can type into the view, and open it as a page of its own.");
  let header = null;
  const popup = buildPopup(
    { name: "Copy embed", title: "Copy a tag that shows this view in a page of your course", label: "Embed this view", opened },
    ...[note, named("Size", size), named("Colours", colours), named("Shown", without), tag, element("div", { class: "ends" }, copy)],
  );
  for (const each of [size, colours, without]) each.onchange = write;
  copy.onclick = () => copied(tag.value, copy, popup.panel);

  async function opened() {
    colours.value = Object.entries(COLOURS).find(([, value]) => value === (header.settings.theme ?? ""))[0];
    write();
    await settled();
    write();
  }

  function write() {
    const { settings: { hide = [] }, framing: { embedded } } = header;
    // A link that says nothing of it is embedded without all that is not the view.
    const away = WITHOUT[without.value] ? (hide.length ? [...new Set([...embedded, ...hide])] : []) : [...new Set(["title", "introduction", ...hide])];
    tag.value = embedTag({ title: document.title, size: SIZES[size.value], theme: COLOURS[colours.value], hide: away });
  }

  return {
    root: popup.root,
    close: popup.end,
    update(told) {
      header = told;
      popup.root.hidden = !told.framing;
      popup.button.disabled = !told.linkable;
    },
  };
}

function select(options) {
  return element("select", {}, ...Object.keys(options).map((name) => element("option", {}, name)));
}

function named(name, control) {
  return element("label", {}, name, control);
}
