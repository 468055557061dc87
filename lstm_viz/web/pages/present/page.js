// Presenter mode as a component, which every page has and nobody sees: it listens to the keys, and keeps the server told.
import { setParameter } from "../../core/address.js";
import { unpack } from "../../core/payload.js";
import { buildMode } from "../../present/mode.js";
import { buildWays } from "../../present/ways.js";

let [mode, ways] = [null, null]; // of the document: components come and go with pages
let send = () => {};
let last = 0; // the number of the last change made here, which an older answer may not undo

export default function presentView({ data, setStateValue }) {
  send = (message) => setStateValue("asked", message);
  ways ??= buildWays();
  mode ??= buildMode((on) => {
    last += 1;
    setParameter("present", on ? "true" : null);
    send({ present: on, number: last });
  });
  const { header } = unpack(data);
  last = Math.max(last, header.number);
  if (header.number === last) mode.turn(header.present);
  return () => {};
}
