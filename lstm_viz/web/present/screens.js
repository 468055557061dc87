// What covers the picture for a moment: a black screen, the sheet of keys, a short notice.
import { element, replace } from "../core/dom.js";
import { SHEET } from "./keys.js";

const NOTICE = 4000; // milliseconds that a notice stays

export function buildScreens() {
  const black = element("div", { class: "lv-screen black", role: "status", "aria-label": "Black screen; any key brings the picture back" });
  const rows = SHEET.map(([keys, what]) => element("div", {}, element("dt", {}, ...keys.split("  ").map((key) => element("kbd", {}, key))), element("dd", {}, what)));
  const sheet = element("div", { class: "lv-screen sheet", role: "dialog", "aria-label": "The keys of presenter mode" }, element("dl", {}, ...rows));
  const notice = element("p", { class: "lv-screen notice", role: "status" });
  let timer = 0;
  const shown = () => [black, sheet].find((each) => each.isConnected);
  for (const each of [black, sheet]) each.onclick = () => each.remove();
  return {
    // Whether something covered the picture: it is gone then.
    clear() {
      const covering = shown();
      covering?.remove();
      return Boolean(covering);
    },
    black: () => document.body.append(black),
    sheet: () => document.body.append(sheet),
    say(text) {
      replace(notice, text);
      document.body.append(notice);
      clearTimeout(timer);
      timer = setTimeout(() => notice.remove(), NOTICE);
    },
    close() {
      clearTimeout(timer);
      for (const each of [black, sheet, notice]) each.remove();
    },
  };
}
