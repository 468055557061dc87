// A file of weights: the length of a header in eight bytes, the header in JSON, then the numbers of every tensor.

const SIZES = { I8: 1, F16: 2, BF16: 2, F32: 4, F64: 8 };

// bytes: ArrayBuffer → Map of name → { shape, values }: float64 or whole numbers where they are that, else float32. An Error says, in a sentence, what is wrong.
export function readSafetensors(bytes) {
  const view = new DataView(bytes);
  const size = bytes.byteLength < 8 ? Infinity : Number(view.getBigUint64(0, true));
  if (!(8 + size <= bytes.byteLength)) throw new Error(`The weights end after ${bytes.byteLength} bytes, before their header does.`);
  const found = new Map();
  for (const [name, entry] of Object.entries(headerOf(bytes, size))) {
    if (name !== "__metadata__") found.set(name, tensor(bytes, 8 + size, name, entry ?? {}));
  }
  return found;
}

function headerOf(bytes, size) {
  let header = null;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(bytes, 8, size)));
  } catch {
    // Not what a header is: said below.
  }
  if (!header || typeof header !== "object" || Array.isArray(header)) throw new Error("The weights have no header that can be read.");
  return header;
}

function tensor(bytes, start, name, { dtype, shape, data_offsets: offsets }) {
  if (!Object.hasOwn(SIZES, dtype)) throw new Error(`The weights' ${name} is ${dtype}; ${Object.keys(SIZES).join(", ")} can be read.`);
  const whole = (value) => Number.isSafeInteger(value) && value >= 0;
  const right = Array.isArray(shape) && shape.every(whole) && Array.isArray(offsets) && offsets.length === 2 && offsets.every(whole);
  const count = right ? shape.reduce((product, n) => product * n, 1) : 0;
  if (!right || offsets[1] - offsets[0] !== count * SIZES[dtype] || start + offsets[1] > bytes.byteLength) {
    throw new Error(`The weights' ${name} is not where their header says.`);
  }
  // A copy, because an array must start at a multiple of its numbers' size and a tensor need not.
  return { shape, values: READ[dtype](bytes.slice(start + offsets[0], start + offsets[1])) };
}

const READ = {
  I8: (part) => new Int8Array(part),
  F32: (part) => new Float32Array(part),
  F64: (part) => new Float64Array(part),
  F16: (part) => halves(new Uint16Array(part)),
  BF16: (part) => new Float32Array(Uint32Array.from(new Uint16Array(part), (bits) => bits << 16).buffer),
};

// A look at a table of all that 16 bits can be, for a network has a million of them and each page reads it.
function halves(bits) {
  values ??= Float32Array.from({ length: 2 ** 16 }, (_, each) => half(each));
  const read = new Float32Array(bits.length);
  for (let k = 0; k < bits.length; k++) read[k] = values[bits[k]];
  return read;
}

let values = null;

// 1 bit for the sign, 5 for the exponent, 10 for what follows the point.
function half(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent ? sign * 2 ** (exponent - 15) * (1 + fraction / 1024) : sign * 2 ** -24 * fraction;
}
