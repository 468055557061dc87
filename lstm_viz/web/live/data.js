// What a file carries: a JSON header and arrays, compressed, in letters. The Python side is live_page/data.py.

const KINDS = { float32: Float32Array, float64: Float64Array, uint16: Uint16Array, uint8: Uint8Array };

// → { header, arrays: name → { shape, values } }
export async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return read(new Uint8Array(await new Response(stream).arrayBuffer()));
}

function read(whole) {
  const size = new DataView(whole.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(whole.subarray(4, 4 + size)));
  const arrays = Object.fromEntries(header.arrays.map(({ name, shape, kind, place }) => {
    const values = new KINDS[kind](shape.reduce((product, n) => product * n, 1));
    together(whole.subarray(4 + size + place), new Uint8Array(values.buffer), values.BYTES_PER_ELEMENT);
    return [name, { shape, values }];
  }));
  return { header, arrays };
}

// The first bytes of all numbers came first, then the second ones, and so on.
function together(planes, bytes, width) {
  const count = bytes.length / width;
  for (let plane = 0; plane < width; plane++) {
    for (let k = 0; k < count; k++) bytes[k * width + plane] = planes[plane * count + k];
  }
}
