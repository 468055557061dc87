// Matrices times vectors, which is where a step's time goes: in a few bytes of WebAssembly that do sixteen rows at once,
// or in plain JavaScript where there is none. Both add in the same order, in float64, and give the same to the last bit.

const [BLOCK, FEW] = [16, 4]; // rows that are done together: eight pairs; and in plain JavaScript

// matrices: [{ rows, columns, weight: row after row, bias: or null }] → for each { from, to, multiply }: what stands in
// `from`, times the matrix, plus the bias, stands in `to` once `multiply` was called.
export function products(matrices, quick = true) {
  return (quick && inWebAssembly(matrices)) || matrices.map(plainly);
}

function plainly(matrix) {
  const { rows, columns } = matrix;
  const padded = Math.ceil(rows / FEW) * FEW;
  const [weight, bias, to, from] = [padded * columns, padded, padded, columns].map((count) => new Float64Array(count));
  fill(weight, bias, matrix, FEW);
  return { from, to: to.subarray(0, rows), multiply: () => multiplied(weight, from, bias, to) };
}

// Four sums at a time: an addition waits for the last one to the same sum.
function multiplied(weight, from, bias, to) {
  for (let row = 0, at = 0; row < to.length; row += FEW) {
    let [a, b, c, d] = [bias[row], bias[row + 1], bias[row + 2], bias[row + 3]];
    for (let k = 0; k < from.length; k++, at += FEW) {
      const number = from[k];
      a += weight[at] * number;
      b += weight[at + 1] * number;
      c += weight[at + 2] * number;
      d += weight[at + 3] * number;
    }
    to[row] = a;
    to[row + 1] = b;
    to[row + 2] = c;
    to[row + 3] = d;
  }
}

// All matrices in one memory; null where there is no WebAssembly with vectors, or no memory for it.
function inWebAssembly(matrices) {
  try {
    const sizes = matrices.map(({ rows, columns }) => {
      const padded = Math.ceil(rows / BLOCK) * BLOCK;
      return { weight: padded * columns, bias: padded, to: padded, from: columns + (columns % 2) };
    });
    const numbers = sizes.reduce((sum, size) => sum + size.weight + size.bias + size.to + size.from, 0);
    const memory = new WebAssembly.Memory({ initial: Math.ceil((8 * numbers) / 65536) });
    const { multiply } = new WebAssembly.Instance(compiled(), { m: { m: memory } }).exports;
    let place = 0;
    const take = (count) => {
      const values = new Float64Array(memory.buffer, place, count);
      place += 8 * count;
      return values;
    };
    return matrices.map((matrix, k) => {
      const [weight, bias, to, from] = [sizes[k].weight, sizes[k].bias, sizes[k].to, sizes[k].from].map(take);
      fill(weight, bias, matrix, BLOCK);
      const places = [weight, from, bias, to].map((part) => part.byteOffset);
      const [blocks, { rows, columns }] = [sizes[k].bias / BLOCK, matrix];
      return { from: from.subarray(0, columns), to: to.subarray(0, rows), multiply: () => multiply(...places, blocks, columns) };
    });
  } catch {
    return null;
  }
}

// Block after block of rows; in a block, column after column.
function fill(packed, packedBias, { rows, columns, weight, bias }, together) {
  for (let row = 0; row < rows; row++) {
    const start = Math.floor(row / together) * together * columns + (row % together);
    for (let k = 0; k < columns; k++) packed[start + k * together] = weight[row * columns + k];
    if (bias) packedBias[row] = bias[row];
  }
}

let module = null;

function compiled() {
  module ??= new WebAssembly.Module(Uint8Array.from(assembled()));
  return module;
}

// multiply(weight, from, bias, to, blocks, columns): places are in bytes.
//   for each block: eight sums start at the bias; for each column: sums += weights × the column's number; to = sums
function assembled() {
  const [WEIGHT, FROM, BIAS, TO, BLOCKS, COLUMNS, LEFT, PLACE, NUMBER, SUMS] = Array(10).keys(); // the sums are 9 to 16
  const eight = (make) => [...Array(8).keys()].flatMap(make);
  const get = (local) => [0x20, local];
  const set = (local) => [0x21, local];
  const i32 = (...bytes) => [0x41, ...bytes]; // a constant
  const add = (local, ...bytes) => [...get(local), ...i32(...bytes), 0x6a, ...set(local)];
  const repeat = (local, ...body) => [0x03, 0x40, ...body, ...get(local), ...i32(1), 0x6b, 0x22, local, 0x0d, 0, 0x0b]; // until it is 0
  const vector = (...bytes) => [0xfd, ...bytes];
  const load = (local, offset) => [...get(local), ...vector(0x00, 4, offset)]; // two numbers; 4: at a multiple of 2⁴ bytes
  const [times, plus] = [vector(0xf2, 0x01), vector(0xf0, 0x01)];
  const body = [
    ...repeat(
      BLOCKS,
      ...eight((k) => [...load(BIAS, 16 * k), ...set(SUMS + k)]),
      ...[...get(FROM), ...set(PLACE), ...get(COLUMNS), ...set(LEFT)],
      ...repeat(
        LEFT,
        ...[...get(PLACE), ...vector(0x0a, 3, 0), ...set(NUMBER)], // one number, twice
        ...eight((k) => [...get(SUMS + k), ...load(WEIGHT, 16 * k), ...get(NUMBER), ...times, ...plus, ...set(SUMS + k)]),
        ...add(WEIGHT, 0x80, 0x01), // 128 bytes: sixteen numbers
        ...add(PLACE, 8),
      ),
      ...eight((k) => [...get(TO), ...get(SUMS + k), ...vector(0x0b, 4, 16 * k)]),
      ...add(BIAS, 0x80, 0x01),
      ...add(TO, 0x80, 0x01),
    ),
    0x0b,
  ];
  const sized = (bytes) => [...leb(bytes.length), ...bytes];
  const name = (text) => sized([...text].map((letter) => letter.charCodeAt(0)));
  const section = (kind, ...bytes) => [kind, ...sized(bytes)];
  const locals = [2, 2, 0x7f, 9, 0x7b]; // two kinds: two of i32, nine of v128
  return [
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
    ...section(1, 1, 0x60, 6, ...Array(6).fill(0x7f), 0), // one type: six i32, no result
    ...section(2, 1, ...name("m"), ...name("m"), 2, 0, 0), // one import: a memory
    ...section(3, 1, 0), // one function, of that type
    ...section(7, 1, ...name("multiply"), 0, 0), // one export: that function
    ...section(10, 1, ...sized([...locals, ...body])),
  ];
}

// A length, seven bits a byte.
function leb(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >> 7)];
}
