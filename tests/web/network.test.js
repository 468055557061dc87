// The parts of the network in the browser that need no Python to be told right from wrong.
import { answering } from "../../lstm_viz/web/network/answers.js";
import { heldAlike, heldIn } from "../../lstm_viz/web/network/clamps.js";
import { products } from "../../lstm_viz/web/network/kernel.js";
import { readSafetensors } from "../../lstm_viz/web/network/safetensors.js";
import { close, same, test } from "./testing.js";

function file(header, numbers = new Uint8Array()) {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + numbers.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(numbers, 8 + text.length);
  return bytes.buffer;
}

const part = (dtype, shape, ...offsets) => ({ dtype, shape, data_offsets: offsets });

test("weights of every precision come out as the numbers they are", () => {
  const halves = new Uint8Array(Uint16Array.from([0x3c00, 0xc000, 0x7bff, 0x0001, 0x8000, 0x7c00]).buffer);
  const read = readSafetensors(file({ __metadata__: { format: "pt" }, w: part("F16", [2, 3], 0, 12) }, halves)).get("w");
  same(read.shape, [2, 3]);
  same([...read.values], [1, -2, 65504, 2 ** -24, -0, Infinity]);
  const singles = new Uint8Array(Float32Array.from([0.1, -3e38]).buffer);
  same([...readSafetensors(file({ w: part("F32", [2], 0, 8) }, singles)).get("w").values], [Math.fround(0.1), Math.fround(-3e38)]);
  const doubles = new Uint8Array(Float64Array.from([0.1]).buffer);
  same([...readSafetensors(file({ w: part("F64", [1], 0, 8) }, doubles)).get("w").values], [0.1]);
});

test("the upper half of a number is a number of the other short kind", () => {
  const bytes = new Uint8Array(Float32Array.from([1.5, -0.25]).buffer);
  const upper = Uint8Array.of(bytes[2], bytes[3], bytes[6], bytes[7]);
  same([...readSafetensors(file({ w: part("BF16", [2], 0, 4) }, upper)).get("w").values], [1.5, -0.25]);
});

test("a file that is none says so in a sentence", () => {
  const broken = [
    new ArrayBuffer(3),
    new ArrayBuffer(0),
    file({ w: part("F32", [1], 0, 4) }, new Uint8Array(4)).slice(0, 20),
    file("[1]"),
    file("{"),
    file({ w: part("I64", [1], 0, 8) }, new Uint8Array(8)),
    file({ w: part("F32", [2], 0, 4) }, new Uint8Array(8)),
    file({ w: part("F32", [2], 0, 8) }, new Uint8Array(4)),
    file({ w: part("F32", [-1], 0, -4) }, new Uint8Array(4)),
    file({ w: null }),
  ];
  for (const bytes of broken) {
    let said = "";
    try {
      readSafetensors(bytes);
    } catch (error) {
      said = error.message;
    }
    same(/^The weights.*\.$/.test(said), true);
  }
});

test("a matrix times a vector is the same to the last bit in WebAssembly and without", () => {
  for (const [rows, columns] of [[1, 1], [2, 5], [15, 3], [16, 4], [17, 1], [64, 33]]) {
    const random = (length) => Float32Array.from({ length }, () => 2 * Math.random() - 1);
    const matrices = [1, 2, 3].map((each) => ({ rows, columns, weight: random(rows * columns), bias: each === 2 ? null : random(rows) }));
    const [quick, plain] = [products(matrices), products(matrices, false)];
    matrices.forEach(({ weight, bias }, each) => {
      const vector = random(columns);
      for (const product of [quick[each], plain[each]]) {
        product.from.set(vector);
        product.multiply();
      }
      same([...quick[each].to], [...plain[each].to]);
      const last = vector.reduce((sum, value, k) => sum + value * weight[(rows - 1) * columns + k], bias?.[rows - 1] ?? 0);
      close(plain[each].to[rows - 1], last, 1e-12);
    });
  }
});

test("answers are as the task's data says", () => {
  const softmax = answering({ kind: "softmax" });
  same([...softmax([1000, 1000])], [0.5, 0.5]);
  close(softmax([0, Math.log(3)])[1], 0.75);
  close(softmax([-1e300, 5])[0], 0);
  same([...answering({ kind: "sigmoid", column: 1 })([9, 0])], [0.5, 0.5]);
  same([...answering({ kind: "sigmoid", column: 0 })([-1e9])], [0, 1]);
  same([...answering({ kind: "scaled", scale: 10, shift: 15 })([0, -1])], [15, 5]);
});

test("of several clamps on a spot the last holds, and what lies outside holds nothing", () => {
  const place = { index: 1, direction: "forward" };
  const size = { units: 2, shown: 1 };
  const clamp = { quantity: "a gate", value: 1, units: null, steps: null, layer: null, direction: null };
  const held = heldIn([clamp, { ...clamp, value: 0.5, units: [1, 7], steps: [[1, 9]] }, { ...clamp, value: 3, layer: 0 }], place, 3, size);
  same([...held["a gate"]], [1, 1, 1, 0.5, 1, 0.5]);
  same([...heldIn([{ ...clamp, quantity: "hidden_state", steps: [[1, 1]] }], place, 3, size).hidden_state], [NaN, 1, NaN]);
  same(heldIn([{ ...clamp, direction: "backward" }], place, 3, size), {});
  same(heldAlike(held, 0, { held, ...size }, 0), true);
  same(heldAlike(held, 0, { held, ...size }, 1), false);
  same(heldAlike({}, 0, { held, ...size }, 0), false);
  same(heldAlike({}, 0, { held: {}, ...size }, 5), true);
});
