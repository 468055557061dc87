// Below the figure: how to read it, the symbols in every notation, and where texts disagree.
import { element, replace, svg, symbol } from "../../core/dom.js";
import { scrolledByKeys } from "../../core/scrolled.js";

export function buildReference() {
  const legend = element("ul", { class: "legend" }, ...legendLines().map(([sign, text]) => element("li", {}, sign, text)));
  const notes = element("ul", { class: "notes" });
  const rows = element("table");
  const table = element("div", { class: "scroll" }, rows);
  scrolledByKeys(table, rows, "Notations");
  const notesTitle = element("h3", {}, "Where texts disagree");
  const names = element("section", {}, element("h3", {}, "The same quantities in three notations"), table);
  const reading = element("section", {}, element("h3", {}, "How to read the drawing"), legend, notesTitle, notes);
  const root = element("div", { class: "reference" }, reading, names);

  function update(page, notations, chosen) {
    replace(notes, ...page.notes.map((note) => element("li", {}, note)));
    notesTitle.hidden = !page.notes.length;
    const head = element("tr", {}, heading("quantity"), ...notations.map(([name, title]) => heading(title, name === chosen)), heading("meaning"));
    const arriving = { label: "Input", meaning: "what arrives at this step", symbols: notations.map(([name]) => page.symbols[name].inputs) };
    const lines = [arriving, ...page.quantities].map(({ label, meaning, symbols }) => {
      const signs = symbols.map((html, k) => {
        const cell = element("td", {}, symbol(html));
        cell.classList.toggle("chosen", notations[k][0] === chosen);
        return cell;
      });
      return element("tr", {}, element("th", { scope: "row" }, label), ...signs, element("td", {}, meaning));
    });
    replace(rows, element("thead", {}, head), element("tbody", {}, ...lines));
  }
  return { root, update };
}

function heading(text, chosen = false) {
  const cell = element("th", { scope: "col" }, text);
  cell.classList.toggle("chosen", chosen);
  return cell;
}

const small = (...children) => svg("svg", { width: 44, height: 26, "aria-hidden": "true" }, ...children);
const line = (d) => svg("path", { class: "line", d });
const box = (label, rx, word) => {
  const text = svg("text", { x: 22, y: 18, "text-anchor": "middle", class: word ? "word" : "sign" });
  text.textContent = label;
  return [svg("rect", { x: rx > 6 ? 10 : 4, y: 2, width: rx > 6 ? 24 : 36, height: 22, rx }), text];
};
const legendLines = () => [
  [small(line("M2,6H20Q24,6 24,13M2,20H20Q24,20 24,13M24,13H42"), svg("rect", { class: "joint", x: 21, y: 3, width: 6, height: 20, rx: 3 })), "lines that merge: two lists of numbers are joined end to end"],
  [small(line("M2,13H42M22,13Q22,13 22,25"), svg("circle", { class: "fork", cx: 22, cy: 13, r: 3.5 })), "a line that forks: the same numbers go both ways"],
  [small(...box("σ", 6)), "a box with weights of its own: weighs all numbers, adds a bias, squashes the sum; σ to 0…1, tanh to −1…1"],
  [small(...box("×", 12)), "unit by unit, no weights: multiply or add"],
  [element("i", { class: "strip-sample" }), "a strip on a line: all units at once, in the order of the home page; the tick marks the chosen unit, whose number stands beside it, to three decimals; at the bottom, what arrives, in an order of its own, above the token that it stands for"],
  [element("span", { class: "symbol" }, "σ(…)"), "in the equations, a weighted sum in its parts: what the input adds, what the last hidden state adds, and the bias, each as one number"],
  [element("em", {}, "stage"), "what is done there: S, or the names below the drawing, light one after the other"],
  [element("b", {}, "P"), "what the network answers after this step, read from all the numbers of the hidden state"],
  [element("span", { class: "symbol" }, "[21]"), "in the lists of largest terms, a place in a list of numbers: which number of the input, or which unit’s last output, pushes the sum up (+) or down (−), and by how much"],
];
