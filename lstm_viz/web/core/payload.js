// A message from the server: a JSON header, float32 arrays, and the bytes of a file where one was asked for. The Python
// side is payload.py.

export function unpack(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  // A copy, because a Float32Array must start at a multiple of four bytes and the message need not.
  const body = bytes.slice(4 + size);
  const arrays = {};
  let offset = 0;
  for (const { name, shape } of header.arrays) {
    const length = shape.reduce((product, n) => product * n, 1);
    arrays[name] = { shape, values: new Float32Array(body.buffer, offset, length) };
    offset += 4 * length;
  }
  return { header, arrays, file: body.subarray(offset) };
}

// Row `step` and column `unit` of an array of shape (steps, units).
export function at(array, step, unit) {
  return array.values[step * array.shape[1] + unit];
}
