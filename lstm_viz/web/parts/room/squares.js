// A QR code: black on white in either theme, with the white edge that a camera looks for.
import { svg } from "../../core/dom.js";

const EDGE = 4; // squares

// rows: of "1" for black and "0" for white; address: what it says
export function drawSquares(rows, address) {
  const size = rows.length + 2 * EDGE;
  const path = rows.flatMap((row, y) => [...row].map((square, x) => (square === "1" ? `M${x + EDGE} ${y + EDGE}h1v1h-1z` : "")));
  const attributes = { class: "squares", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": `QR code of ${address}`, "shape-rendering": "crispEdges" };
  return svg("svg", attributes, svg("rect", { width: size, height: size, fill: "#ffffff" }), svg("path", { d: path.join(""), fill: "#000000" }));
}
