// A number: a slider and a field beside it; what is so appears on the same track.
import { element } from "../../core/dom.js";
import { read, scaleOf } from "./scale.js";

const STEPS = 1000; // places of the slider, whatever the scale

export function buildNumber(onChange) {
  const slider = element("input", { type: "range", min: 0, max: STEPS, step: 1 });
  const yours = element("span", { class: "pin yours" });
  const so = element("span", { class: "pin so" });
  const gap = element("span", { class: "gap" });
  const ticks = element("div", { class: "ticks", "aria-hidden": "true" });
  const track = element("div", { class: "slide" }, gap, slider, yours, so, ticks);
  const field = element("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  const unit = element("span");
  const typed = element("label", { class: "typed" }, element("span", { class: "hint" }, "or type it"), field, unit);
  const title = element("span");
  const label = element("p", { class: "name" }, element("i", { class: "swatch" }), title);
  const root = element("div", { class: "number-line" }, label, track, typed);
  let [value, wrong, scale, name] = [null, "", null, ""];
  let shown = "";

  function update({ asked, prediction, answered, theme }) {
    const another = shown !== JSON.stringify(asked);
    if (another) {
      shown = JSON.stringify(asked);
      scale = scaleOf(asked);
      title.textContent = name = asked.name;
      unit.textContent = scale.unit;
      // A telephone's decimal keys have no minus sign.
      field.inputMode = scale.low < 0 ? "text" : "decimal";
      field.setAttribute("aria-label", `${asked.name}, from ${scale.show(scale.low)} to ${scale.show(scale.high)}`);
      ticks.replaceChildren(...scale.ticks(5).map(({ share, text }) => placed(element("span", {}, text), share)));
      wrong = "";
      field.value = "";
    }
    root.style.setProperty("--of", asked.colour?.[theme] ?? "var(--st-text-color)");
    if (value !== prediction || another) show(prediction);
    slider.disabled = Boolean(answered);
    slider.hidden = Boolean(answered);
    typed.hidden = Boolean(answered);
    for (const pin of [yours, so, gap]) pin.hidden = !answered || value === null;
    if (answered) {
      so.hidden = false;
      const [mine, real] = [value === null ? null : scale.share(value), scale.share(answered.truth)];
      pin(so, real, `it is ${scale.show(answered.truth)}`);
      if (mine === null) return;
      pin(yours, mine, `you: ${scale.show(value)}`);
      placed(gap, Math.min(mine, real));
      gap.style.setProperty("--wide", Math.abs(real - mine));
    }
    describe();
  }

  function show(wanted) {
    value = wanted;
    if (wanted !== null) {
      slider.value = Math.round(scale.share(wanted) * STEPS);
      if (document.activeElement !== field && field.getRootNode().activeElement !== field) field.value = scale.written(wanted);
    } else slider.value = STEPS / 2;
    describe();
  }

  function describe() {
    track.classList.toggle("unset", value === null);
    slider.setAttribute("aria-label", name);
    slider.setAttribute("aria-valuetext", value === null ? "no number yet" : scale.show(value));
    field.setAttribute("aria-invalid", String(Boolean(wrong)));
  }

  function set(wanted) {
    wrong = "";
    show(wanted);
    onChange();
  }

  const slid = () => {
    const wanted = scale.value(Number(slider.value) / STEPS);
    field.value = scale.written(wanted);
    set(wanted);
  };
  slider.oninput = slid;
  // A press on the very middle moves nothing, and is meant all the same.
  slider.onpointerup = () => value === null && slid();
  // By key, a hundredth of the way is a step.
  slider.onkeydown = (event) => {
    const by = { ArrowRight: 10, ArrowUp: 10, ArrowLeft: -10, ArrowDown: -10, PageUp: 100, PageDown: -100 }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    slider.value = Number(slider.value) + by;
    slid();
  };
  field.oninput = () => {
    const wanted = read(field.value);
    const within = wanted >= scale.low && wanted <= scale.high;
    wrong = within || !field.value.trim() ? "" : `“${field.value.trim().slice(0, 20)}” is not a number from ${scale.show(scale.low)} to ${scale.show(scale.high)}.`;
    show(within ? wanted : null);
    onChange();
  };
  field.onblur = () => value !== null && (field.value = scale.written(value));
  return { root, update, prediction: () => value, lacking: () => wrong || (value === null ? "Press anywhere on the line, or type a number." : "") };
}

function placed(node, share) {
  node.style.setProperty("--share", share);
  return node;
}

// Its words stand to the side on which there is room.
function pin(node, share, text) {
  placed(node, share).textContent = text;
  node.classList.toggle("leftwards", share > 0.5);
}
