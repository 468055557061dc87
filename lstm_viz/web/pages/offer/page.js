// The way in for a newcomer, in one line; put away, it stays away in this browser.
import { element } from "../../core/dom.js";
import { buildRoot, builtOnce } from "../../core/root.js";
import { anyMarks, offered, putAway } from "../../live/lesson_marks.js";
import { follow } from "../../parts/page_link.js";

export default builtOnce(build);

function build(parent, forget) {
  const root = buildRoot("lv-offer");
  const link = element("a", {}, "Start here");
  const away = element("button", { type: "button", class: "quiet", title: "Do not show this again" }, "No, thanks");
  const line = element("p", {}, "New to this? ", link, " shows in a few short steps what a network does with your own sentence. ", away);
  line.hidden = !offered() || anyMarks();
  away.onclick = () => {
    putAway();
    line.hidden = true;
  };
  link.onclick = (event) => {
    putAway();
    follow(event, link);
  };
  root.append(line);
  parent.append(root);
  return {
    update({ address }) {
      link.href = new URL(address, document.baseURI).href;
      root.dataset.painted = "yes";
    },
    close() {
      forget();
      root.remove();
    },
  };
}
