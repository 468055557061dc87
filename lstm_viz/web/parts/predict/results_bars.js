// How many chose each of a few options, as bars with their counts; of places and units, the most frequent.
import { element, replace } from "../../core/dom.js";

const MOST = 8; // places that are listed

export function buildBars() {
  const list = element("ol", { class: "bars" });

  function update({ asked, predictions, answered }) {
    const so = new Set(answered ? [answered.truth].flat() : []);
    const rows = asked.options ? asked.options.map((text, k) => [k, text]) : places(asked, predictions, so);
    while (list.children.length > rows.length) list.lastChild.remove();
    while (list.children.length < rows.length) list.append(row());
    const counts = rows.map(([value]) => predictions.filter((each) => each === value).length);
    const most = Math.max(1, ...counts);
    rows.forEach(([value, text], k) => {
      const [name, track, count] = list.children[k].children;
      const share = predictions.length ? ` · ${Math.round((100 * counts[k]) / predictions.length)} %` : "";
      list.children[k].classList.toggle("so", so.has(value));
      replace(name, text, ...(so.has(value) ? [" ", element("strong", {}, "the answer")] : []));
      track.firstChild.style.width = `${(100 * counts[k]) / most}%`;
      count.textContent = `${counts[k]}${share}`;
    });
    if (!answered) return "";
    const right = predictions.filter((each) => so.has(each)).length;
    return `${right} of ${predictions.length} were right.`;
  }
  return { root: list, update };
}

function row() {
  return element("li", {}, element("span", { class: "text" }), element("span", { class: "track-of", "aria-hidden": "true" }, element("i")), element("span", { class: "count" }));
}

function places({ what, labels }, predictions, so) {
  const often = (place) => predictions.filter((each) => each === place).length;
  const found = [...new Set([...predictions, ...so])].sort((a, b) => often(b) - often(a) || a - b);
  // What is so is listed, however few have found it.
  const listed = found.filter((place, k) => k < MOST || so.has(place));
  return listed.map((place) => [place, labels?.[place] === undefined ? `${what} ${place}` : `${what} ${place}, “${labels[place]}”`]);
}
