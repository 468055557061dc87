// Tracks: one under the other on the shared token axis, each with its name on the left and its sentence below.
import { gradient } from "../core/colour.js";
import { element, part, replace, say, svg, symbol } from "../core/dom.js";
import { compact } from "../core/format.js";

// kind: "axis", "chart" (SVG), "heatmap" (canvas), or "strip" or "choices" (canvas without rows of units)
export function buildTrack(kind, name) {
  const picture = kind === "chart" ? svg("svg", { role: "img" }) : element(kind === "axis" ? "div" : "canvas");
  if (kind === "axis") picture.className = "tokens";
  else picture.setAttribute("role", "img");
  const plot = element("div", { class: `plot ${kind}`, "data-view": name }, picture);
  plot.append(element("div", { class: "mark chosen" }), element("div", { class: "mark hovered" }));
  if (kind === "heatmap") plot.append(element("div", { class: "row-mark" }));
  const label = element("div", { class: "label" });
  const caption = part("captions", element("p", { class: "caption" }));
  const root = element("div", { class: `track ${kind}-track` }, label, element("div", { class: "body" }, plot, caption));
  return { root, label, plot, picture, caption };
}

// A sentence that has not come yet leaves its place empty.
export function setCaption(track, text = "") {
  if (track.caption.textContent === text) return;
  say(track.caption, text);
  track.picture.setAttribute("aria-label", text);
}

export function labelQuantity(track, quantity, colour, stops) {
  const key = [quantity.label, quantity.symbol, quantity.meaning, quantity.limits, colour].join();
  if (track.label.dataset.key === key) return;
  track.label.dataset.key = key;
  track.plot.style.setProperty("--of", colour);
  replace(track.label, heading(quantity.label, quantity.symbol, colour), element("small", {}, quantity.meaning), colourScale(quantity.limits, stops));
}

export function colourScale([low, high], stops) {
  const bar = element("i");
  bar.style.background = gradient(stops);
  return element("div", { class: "scale" }, element("span", {}, compact(low)), bar, element("span", {}, compact(high)));
}

export function labelPlain(track, title, ...rest) {
  replace(track.label, element("h3", {}, title), ...rest.map((text) => element("small", {}, text)));
}

// The colour of a quantity stands before its name and along its heatmap, whatever values are in it.
function heading(text, html, colour) {
  const swatch = element("i", { class: "swatch" });
  swatch.style.background = colour;
  return element("h3", {}, swatch, text, symbol(html));
}
