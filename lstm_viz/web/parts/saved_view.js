// Keeping a view: its link, or a file that holds what the link would, however long, and opening such a file again.
import { linkAddress } from "../core/address.js";
import { element, part } from "../core/dom.js";
import { copied, saying } from "./copied.js";
import { buildEmbedding } from "./copy_embed.js";
import { buildMore } from "./more.js";
import { buildPresentButton } from "./present_button.js";
import { buildTakeAway } from "./take_away.js";
import { buildWhatIsShown } from "./what_is_shown.js";

const WAITS = "No answer yet";
const NAME = "lstm-viz-view.json";

// onFile(content): a file's text, to be opened by the server
// set: see mount.js
export function buildKeeping(onFile, set) {
  let view = null;
  let settled = async () => true; // whether the server has seen all that the link or the file is to hold
  let [ask, about] = [() => {}, () => ({})]; // see take_away.js
  const away = buildTakeAway({ ask: (what) => ask(what), about: () => about() });
  const embedding = buildEmbedding(() => settled());
  const showing = buildWhatIsShown(set);
  const copy = button("Copy link", "Copy a link to exactly this view");
  const present = buildPresentButton();
  const save = button("Save", `Save this view as a file, ${NAME}`);
  const open = button("Open", "Open a view saved as a file");
  const input = element("input", { type: "file", accept: ".json,application/json", hidden: "", "aria-label": "A saved view" });
  const root = element("div", { class: "keeping", role: "group", "aria-label": "Share or keep this view" });
  const more = buildMore(embedding.root, save, open, showing.root);
  root.append(copy, present, part("take_away", away.root), more.root, input);
  part("share", root);
  copy.onclick = async () => {
    if (!(await settled())) return saying(copy, WAITS);
    await copied(linkAddress(), copy, root);
  };
  save.onclick = async () => {
    if (!(await settled())) return saying(save, WAITS);
    const content = new Blob([JSON.stringify({ format: view.file.format, query: view.query })], { type: "application/json" });
    const link = element("a", { href: URL.createObjectURL(content), download: NAME });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    saying(save, "Saved");
  };
  open.onclick = () => input.click();
  input.onchange = async () => {
    const [file] = input.files;
    // Past the limit, its beginning is enough for the server to say so.
    if (file) onFile(await file.slice(0, view.file.limit + 1).text());
    input.value = "";
  };
  return {
    root,
    taken: away.taken,
    close() {
      for (const each of [away, embedding, showing, more]) each.close();
    },
    attend(page) {
      ({ settled, ask, about } = page);
    },
    update(header) {
      view = header;
      // A page in a file is kept as it is; its pictures can be taken.
      for (const each of [copy, present, more.root]) each.hidden = !header.file;
      root.hidden = !header.file && !header.takeAway?.length;
      copy.disabled = !header.linkable;
      away.update(header.takeAway);
      embedding.update(header);
      showing.update(header);
    },
  };
}

function button(text, title) {
  return element("button", { type: "button", class: "quiet", title }, text);
}
