// Whether what the browser computes is what PyTorch computes, in the model card; where it is not, beside it as well.
import { element } from "../core/dom.js";
import { power } from "../core/format.js";

export function buildAgreement() {
  const said = element("span");
  const more = element("button", { type: "button", class: "quiet", hidden: "" }, "Compare all");
  const row = element("div", { hidden: "" }, element("dt", {}, "Who computes"), element("dd", {}, said, " ", more));
  const note = element("p", { class: "disagreement", role: "status", hidden: "" });
  let kept = null;

  // found: { most, seen, of, trusted }, see network/check.js; compareAll(): has all of them compared
  function update(found, compareAll) {
    kept = found;
    row.hidden = false;
    said.textContent = sentence(found);
    more.hidden = found.seen === found.of;
    more.onclick = compareAll;
    note.hidden = found.trusted;
    note.textContent = found.trusted ? "" : sentence(found);
  }
  // Another network has its own.
  function forget() {
    if (!kept) return;
    kept = null;
    row.hidden = note.hidden = true;
  }
  return { row, note, update, forget };
}

export function sentence({ most, seen, of, trusted }) {
  const among = seen === of ? `all ${count(of)} hidden states` : `${count(seen)} of the ${count(of)} hidden states, compared each time typing rests`;
  const apart = most ? `differ ${Number.isFinite(most) ? `by at most ${upTo(most)} ` : ""}here` : "give the same numbers here";
  if (trusted) return `Your browser runs the network. It and PyTorch ${apart}: ${among}.`;
  return `Your browser and PyTorch ${apart}. That is too much, so PyTorch’s are shown, which take longer.`;
}

const count = (n) => n.toLocaleString("en-US");

// A number's first two digits, never below it: 2.3×10⁻⁷.
export function upTo(value) {
  const exponent = Math.floor(Math.log10(value));
  const lead = Math.ceil((value / 10 ** exponent) * 10 - 1e-9) / 10;
  return lead >= 10 ? `1×${power(exponent + 1)}` : `${lead}×${power(exponent)}`;
}
