// What of the page is shown: a switch for each of its parts, and the colours, so that nobody need write an address.
import { element, replace } from "../core/dom.js";
import { awayIn } from "../live/frame.js";
import { buildPopup } from "./popup.js";

const COLOURS = [["", "As the browser asks"], ["light", "Light"], ["dark", "Dark"]];
const ON_THE_PAGE = /^st-key-lv_(?:part|away|lit)_(\w+)$/; // a part that Streamlit draws, see ui/bridge/frame.py
const NEVER = ["share"]; // it is what one would bring the others back with

// set(settings): as mount.js has it
export function buildWhatIsShown(set) {
  const list = element("div", { class: "parts" });
  const all = element("button", { type: "button", class: "quiet" }, "Show all");
  const colours = element("select", {}, ...COLOURS.map(([value, title]) => element("option", { value }, title)));
  const note = element("p", { class: "help" }, "A link to this view shows just what is ticked, to whoever opens it.");
  const popup = buildPopup(
    { name: "What is shown", title: "Choose what of this page is shown; the link says so", label: "What is shown", opened: fill },
    ...[note, list, element("label", {}, "Colours", colours), element("div", { class: "ends" }, all)],
  );
  let header = null;
  all.onclick = () => {
    set({ hide: [] });
    for (const box of list.querySelectorAll("input")) box.checked = true;
  };
  colours.onchange = () => set({ theme: colours.value });

  function fill() {
    const { titles } = header.framing;
    const away = new Set(awayIn(header));
    colours.value = header.settings.theme ?? "";
    replace(list, ...partsOnPage(popup.root.closest(".lv-page"), titles).map((name) => {
      const box = element("input", { type: "checkbox", "data-name": name });
      box.checked = !away.has(name);
      box.onchange = () => set({ hide: [...list.querySelectorAll("input:not(:checked)")].map((each) => each.dataset.name) });
      return element("label", {}, box, titles[name]);
    }));
  }

  return {
    root: popup.root,
    close: popup.end,
    update(told) {
      header = told;
      popup.root.hidden = !told.framing;
    },
  };
}

// The names of the parts that there are, from the top of the page down.
function partsOnPage(root, titles) {
  const streamlits = [...document.querySelectorAll('[class*="st-key-lv_"]')].flatMap(({ classList }) => [...classList].flatMap((each) => each.match(ON_THE_PAGE)?.[1] ?? []));
  const own = [...root.querySelectorAll("[data-part]")].filter((node) => !node.closest("[hidden]") || node.matches(".card")).map(({ dataset }) => dataset.part);
  return [...new Set([...streamlits, ...own])].filter((name) => name in titles && !NEVER.includes(name));
}
