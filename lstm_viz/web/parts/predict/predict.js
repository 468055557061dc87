// A question whose answer is predicted before it is seen: the empty widget, then what is so, laid over what was predicted.
import { element, replace } from "../../core/dom.js";
import { buildChoose } from "./choose.js";
import { buildClick } from "./click.js";
import { buildDraw } from "./draw.js";
import { buildFind } from "./find.js";
import { LOOK } from "./look.js";
import { buildNumber } from "./number.js";

// Of each kind: what builds it, and what its button says.
//   build(onChange) → { root, update({ asked, prediction, answered, theme }), prediction(), lacking() }
//   lacking(): what is to be done before the answer can be shown, "" where nothing is
const KINDS = {
  choose: [buildChoose, "Show what happens"],
  number: [buildNumber, "Show what happens"],
  click: [buildClick, "Show what happens"],
  find: [buildFind, "This one"],
  draw: [buildDraw, "Show what happens"],
};

// onChange(prediction): it is another one now, or null; onSubmit(prediction): the answer is asked for
// submit: what the button says, where it is the same for every kind
export function buildPrediction({ onChange = () => {}, onSubmit = () => {}, submit = "" }) {
  const prompt = element("p", { class: "prompt" });
  const body = element("div", { class: "predict-body" });
  const button = element("button", { type: "button", class: "submit" });
  const lacking = element("span", { class: "lacking", role: "status" });
  const foot = element("div", { class: "foot" }, button, lacking);
  const said = element("p", { class: "said", role: "status", tabindex: -1 });
  const root = element("section", { class: LOOK, "aria-label": "Your prediction" }, prompt, body, foot, said);
  let widget = null;
  let known = { asked: "", given: "" };

  // asked, answered: as `asked` and `answered` of lessons/ give them; answered: null until the answer is shown
  // prediction: null for none; what the reader does meanwhile is kept until another one is given
  function update({ asked, prediction = null, answered = null, theme = "light" }) {
    const [now, given] = [JSON.stringify(asked), JSON.stringify(prediction)];
    const another = now !== known.asked;
    if (another) {
      widget = KINDS[asked.kind][0](changed);
      replace(body, widget.root);
      prompt.textContent = asked.prompt;
      prompt.hidden = !asked.prompt;
      button.textContent = submit || KINDS[asked.kind][1];
      root.dataset.kind = asked.kind;
    }
    root.classList.toggle("answered", Boolean(answered));
    // The truth appears where the reader waits for it, not where a page is opened on it.
    root.classList.toggle("revealing", Boolean(answered) && (another ? false : root.classList.contains("revealing") || !known.answered));
    const taken = another || given !== known.given || answered ? prediction : widget.prediction();
    widget.update({ asked, prediction: taken, answered, theme });
    known = { asked: now, given, answered: Boolean(answered) };
    said.textContent = answered?.said ?? "";
    said.hidden = !answered?.said;
    // Whoever pressed the button with the keyboard goes on from what is said.
    if (answered && foot.contains(root.getRootNode().activeElement)) said.focus({ preventScroll: true });
    foot.hidden = Boolean(answered);
    tell();
  }

  function changed() {
    tell();
    onChange(widget.prediction());
  }

  function tell() {
    lacking.textContent = widget.lacking();
    // Not `disabled`: whoever comes to it with the keyboard hears what it waits for.
    button.setAttribute("aria-disabled", String(Boolean(lacking.textContent)));
  }

  button.onclick = () => !lacking.textContent && onSubmit(widget.prediction());
  return { root, update };
}
