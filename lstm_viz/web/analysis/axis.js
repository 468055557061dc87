// The token axis as numbers: what stands over each column, and which steps a column holds. Mirrors ui/views/axis.py,
// which also has the words: what a token that is new to the network means, and what to say of columns of several steps.
import { columnLabels, columns } from "./aggregate.js";

// What `numbers` of a page has as `axis`; unknown: columns whose token is new to the network.
export function axis({ source, reading, trace }, edges = columns(trace.labels.length)) {
  const alone = edges.length === trace.labels.length + 1;
  const strange = alone ? source.unknown(reading.tokens) : [];
  return { labels: columnLabels(trace.labels, edges), unknown: strange.flatMap((is, step) => (is ? [step] : [])), edges };
}

// The axis of an empty text.
export const NOTHING = { labels: [], unknown: [], edges: [0] };

// What to say where columns hold several steps, as the server's sentence has it with {steps} and {width} left blank.
export function noteOf(edges, sentence) {
  const width = edges[1] - edges[0];
  if (!(width > 1)) return "";
  return sentence.replace("{steps}", grouped(edges[edges.length - 1])).replace("{width}", String(width));
}

function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}
