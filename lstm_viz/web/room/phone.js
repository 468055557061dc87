// The page of a telephone: a room's question, the answer to it, and after the reveal what is so. It has no session on the
// server; what it sends is an answer and a name by chance.
import { replace } from "../core/dom.js";
import { buildRoot } from "../core/root.js";
import { buildAnswering } from "./answering.js";
import { buildEntrance } from "./entrance.js";

// main: the element to show it in
export function start(main) {
  const below = document.body.dataset.app; // from this page to the app's own address: "" at the entrance, "../" in a room
  const app = new URL(below || ".", window.location.href).href;
  const root = buildRoot("lv-room");
  main.append(root);
  const enter = (sentence) => replace(root, buildEntrance({ app, sentence }));
  const code = below ? roomNamed(window.location.pathname) : "";
  if (code) replace(root, buildAnswering({ app, code, leave: enter }));
  else enter("");
}

// The address of a room ends with its code.
export function roomNamed(path) {
  try {
    return decodeURIComponent(path.split("/").pop()).trim().toUpperCase();
  } catch {
    return ""; // half of an escaped letter
  }
}

const place = globalThis.document?.getElementById("lv-room");
if (place) start(place);
