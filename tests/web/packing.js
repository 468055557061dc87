// A message as the server packs it; the Python side is `ui/bridge/payload.py`.

// arrays: name → { shape, values }
export function packed(header, arrays = {}) {
  const listed = Object.entries(arrays).map(([name, { shape }]) => ({ name, shape }));
  const text = new TextEncoder().encode(JSON.stringify({ ...header, arrays: listed }));
  const numbers = Object.values(arrays).flatMap(({ values }) => values);
  const bytes = new Uint8Array(4 + text.length + 4 * numbers.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, text.length, true);
  bytes.set(text, 4);
  numbers.forEach((value, k) => view.setFloat32(4 + text.length + 4 * k, value, true));
  return bytes;
}
