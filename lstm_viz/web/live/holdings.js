// What the browser holds of the server's answers, so that the server need not send it again: constant parts, and the past
// that undo and redo go through, which a server that has forgotten it is told.
import { constantParts } from "./constant_parts.js";

export function holdings() {
  const parts = constantParts();
  let name = ""; // what the server calls the past that is held here
  let [past, future] = [[], []];
  return {
    // Name → digest, as the server is to be told.
    has: () => ({ ...parts.has(), ...(name && { past: name }) }),
    // Takes in a header, and puts into it the parts that it leaves out → whether all that it counts on was held.
    take(header) {
      const { kept, added, future: ahead } = header.history;
      if (!parts.complete(header) || kept > past.length) return false;
      [past, future, name] = [past.slice(0, kept).concat(added), ahead, header.history.name];
      return true;
    },
    undoable: () => ({ past, future }),
    forget() {
      parts.forget();
      [past, name] = [[], ""];
    },
  };
}
