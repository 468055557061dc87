// What can be undone: a list of plain values, the newest last. What one control does without a pause is one entry.

const MOST = 200;
const PAUSE = 700; // milliseconds after which a move of the same control is another change

export function history(now = () => performance.now()) {
  let [past, future, last] = [[], [], { by: null, at: -Infinity }];
  return {
    // before: what stood there until now; by: the name of what changed it
    note(before, by) {
      const going = by !== null && by === last.by && now() - last.at < PAUSE && past.length;
      last = { by, at: now() };
      if (going) return;
      past = [...past, before].slice(-MOST);
      future = [];
    },
    undo(current) {
      if (!past.length) return null;
      future.push(current);
      last.by = null;
      return past.pop();
    },
    redo(current) {
      if (!future.length) return null;
      past.push(current);
      last.by = null;
      return future.pop();
    },
    can: () => ({ undo: past.length > 0, redo: future.length > 0 }),
  };
}
