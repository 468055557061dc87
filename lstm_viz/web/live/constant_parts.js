// Parts of the answers that seldom change: the server sends one only where the browser does not hold it as it is.

const MOST = 4; // bodies held of each part: an answer on its way may still count on the one before

export function constantParts() {
  const held = new Map(); // name → digest → body, the last one told of at the end
  return {
    // name → digest, as the server is to be told
    has() {
      return Object.fromEntries([...held].map(([name, bodies]) => [name, [...bodies.keys()].pop()]));
    },
    // Puts into a header the parts that it leaves out → whether all of them were held.
    complete(header) {
      let all = true;
      for (const [name, digest] of Object.entries(header.parts ?? {})) {
        if (!held.has(name)) held.set(name, new Map());
        const bodies = held.get(name);
        const body = name in header ? header[name] : bodies.get(digest);
        if (body === undefined) {
          all = false;
          continue;
        }
        bodies.delete(digest);
        bodies.set(digest, body);
        if (bodies.size > MOST) bodies.delete(bodies.keys().next().value);
        header[name] = body;
      }
      return all;
    },
    forget() {
      held.clear();
    },
  };
}
