// The buttons of a training: what can be done with it now, how fast it learns, and how it stands.
import { element, part } from "../../core/dom.js";

const MAIN = { ready: ["Train", "begin"], paused: ["Go on", "go on"], stopped: ["Go on", "go on"], waiting: ["Do not wait", "pause"], running: ["Pause", "pause"], resting: ["Go on", "go on"] };

// What stands ready is begun by the page, which knows what has been chosen since; the training itself does not.
// tell({ do, … }): what the reader wants of the training; begin(): train anew; summary(): → a sentence on how it goes
export function buildBar({ tell, begin, summary }) {
  const main = element("button", { type: "button", class: "main" });
  const stop = button("Stop", "It has learnt what it was to learn", () => tell({ do: "stop" }));
  const again = button("Start again", "From the first weights, with what is chosen above", begin);
  const rate = element("select", { "aria-label": "Learning rate from here on" });
  const rates = element("label", { class: "choice" }, "Learning rate ", rate);
  const status = element("p", { class: "status" });
  const say = button("Say how it goes", "Reads out one sentence; nothing is read out by itself while it trains", () => (spoken.textContent = summary()));
  say.classList.add("say");
  const spoken = element("p", { class: "spoken", role: "status" });
  const root = part("training", element("div", { class: "bar" }, element("div", { class: "buttons" }, main, stop, again, rates, status, say), spoken));
  rate.onchange = () => tell({ do: "rate", rate: Number(rate.value) });

  // stands: "ready" or as ui/trainings.py has it; rates: those on offer; done: updates; own: whether the training is of what
  // is chosen above
  function update({ stands, status: said, rate: now, rates: offered, done, own, free }) {
    const [title, act] = (own && MAIN[stands]) || [own && done ? "Train again" : "Train", "begin"];
    main.textContent = title;
    main.dataset.act = act;
    main.onclick = () => (act === "begin" ? begin() : tell({ do: act }));
    main.disabled = !free;
    stop.hidden = !["running", "waiting", "paused", "resting"].includes(stands) || !done;
    again.hidden = !done || !own || act === "begin";
    if (rate.dataset.offered !== offered.join()) {
      rate.dataset.offered = offered.join();
      rate.replaceChildren(...offered.map((each) => element("option", { value: each }, String(each))));
    }
    if (document.activeElement !== rate && rate.getRootNode().activeElement !== rate) rate.value = String(now);
    rates.hidden = ["finished", "failed"].includes(stands);
    if (status.textContent !== said) status.textContent = said;
  }

  return { root, update, focus: () => main.focus() };
}

function button(title, about, act) {
  const node = element("button", { type: "button", class: "quiet", title: about }, title);
  node.onclick = act;
  return node;
}
