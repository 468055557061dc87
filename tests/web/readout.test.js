// What a network says as one number: log-odds that are what its answers say, for any hidden state.
import { followed, largest } from "../../lstm_viz/web/analysis/followed.js";
import { readout, score } from "../../lstm_viz/web/analysis/readout.js";
import { close, same, test } from "./testing.js";

const softmax = (raw) => {
  const powers = Array.from(raw, Math.exp);
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
};
const evenOrNot = (raw) => [1 / (1 + Math.exp(-raw[0])), 1 / (1 + Math.exp(raw[0]))];
const random = (size) => Float32Array.from({ length: size }, () => 2 * Math.random() - 1);

function made({ outputs, size = 5, labels = outputs, answer, classifier = true, favoured = 1 }) {
  const head = { weight: { shape: [outputs, size], values: random(outputs * size) }, bias: random(outputs) };
  const named = Array.from({ length: labels }, (_, k) => `${k}`);
  return { about: { classifier, favoured }, labels: named, reader: { show: (label) => `‹${label}›` }, head, answer };
}

function said({ head: { weight: { shape: [outputs, size], values }, bias }, answer }, hidden) {
  return answer(Float64Array.from({ length: outputs }, (_, k) => hidden.reduce((sum, h, p) => sum + h * values[k * size + p], bias[k])));
}

test("of a number there is one, of two labels that for yes, of more the likeliest", () => {
  same(followed({ about: { classifier: false }, labels: ["sum"] }, [3]), 0);
  same(followed({ about: { classifier: true, favoured: 0 }, labels: ["a", "b"] }, [0.1, 0.9]), 0);
  same(followed({ about: { classifier: true, favoured: 1 }, labels: ["a", "b", "c"] }, [0.4, 0.2, 0.4]), 0);
  same([largest([1, 1]), largest([1, 1], 0), largest([0, 2, 2], 1), largest([3], -1)], [0, 1, 2, 0]);
});

test("the log-odds of any hidden state follow from a few answers", () => {
  const sources = [made({ outputs: 2, answer: softmax }), made({ outputs: 6, answer: softmax }), made({ outputs: 4, labels: 2, favoured: 0, answer: evenOrNot })];
  for (const source of sources) {
    for (let time = 0; time < 20; time++) {
      const hidden = Array.from(random(5));
      const answers = said(source, hidden);
      const number = readout(source, answers);
      if (answers.length > 2) same(answers.every((p, k) => k === number.column || p <= answers[number.other]), true);
      same(number.labels, [`‹${number.column}›`, `‹${number.other}›`]);
      close(score(number, hidden), Math.log(answers[number.column] / answers[number.other]), 1e-9);
      close(score(number, [9, ...hidden], 1), score(number, hidden), 0);
    }
  }
});

test("a number is itself", () => {
  const source = made({ outputs: 1, classifier: false, answer: (raw) => [10 * raw[0] + 15] });
  const hidden = Array.from(random(5));
  const number = readout(source, said(source, hidden));
  same([number.column, number.other, number.labels], [0, null, []]);
  close(score(number, hidden), said(source, hidden)[0], 1e-9);
});
