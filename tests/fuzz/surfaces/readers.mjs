// The browser's readers for `editors.py`: a line with a name and what a reader is made of, or with a name and a text.
import { createInterface } from "node:readline";
import { readerOf } from "../../../lstm_viz/web/network/readers/reader.js";

const readers = new Map();

for await (const line of createInterface({ input: process.stdin })) {
  const { name, data, vocabulary, limit, text } = JSON.parse(line);
  if (data) readers.set(name, { reader: readerOf(data, vocabulary), limit: limit ?? Infinity });
  const { reader, limit: most } = readers.get(name);
  const tokens = data ? [] : reader.read(text, most).tokens;
  process.stdout.write(`${JSON.stringify({ tokens })}\n`);
}
