// Where a code is typed.
import { element } from "../core/dom.js";
import { roomAt } from "../parts/room/exchange.js";

// app: the app's own address; sentence: why the reader is here, if not by their own choice
export function buildEntrance({ app, sentence }) {
  const field = element("input", {
    ...{ type: "text", id: "code", maxlength: 8, autocomplete: "off", autocapitalize: "characters", autocorrect: "off" },
    ...{ spellcheck: "false", inputmode: "text", enterkeyhint: "go", "aria-describedby": "said" },
  });
  const said = element("p", { class: "status", id: "said", role: "status" }, sentence);
  const button = element("button", { type: "submit", class: "submit" }, "Enter the room");
  const form = element("form", { class: "entrance" }, element("label", { for: "code" }, "The code on the screen in front"), field, button, said);
  form.onsubmit = async (event) => {
    event.preventDefault();
    const code = field.value.replace(/[\s-]/g, "").toUpperCase();
    if (!code) return void (said.textContent = "Type the four letters first.");
    said.textContent = "Looking for the room …";
    const room = roomAt(app, code);
    const { told, refused } = await room.ask("now");
    if (told) window.location.assign(room.address);
    else said.textContent = refused ?? "No connection just now: try again in a moment.";
  };
  const view = element("div", { class: "view" }, element("h1", {}, "Show of hands"), form);
  requestAnimationFrame(() => field.focus());
  return view;
}
