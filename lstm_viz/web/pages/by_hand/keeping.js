// What this browser keeps of a reader: which challenges are solved, and the weights that were left in each. Where storage
// is blocked, it is kept for as long as the page is open.

const PLACE = "lstm-viz-by-hand";

export function keeping(storage = stored()) {
  let kept = { solved: [], weights: {}, hints: {}, fewest: {} };
  try {
    const read = JSON.parse(storage?.getItem(PLACE) ?? "null");
    if (Array.isArray(read?.solved)) kept.solved = read.solved.filter((name) => typeof name === "string");
    for (const part of ["weights", "hints", "fewest"]) if (read?.[part] && typeof read[part] === "object") kept[part] = { ...read[part] };
  } catch {
    kept = { solved: [], weights: {}, hints: {}, fewest: {} };
  }
  const write = () => {
    try {
      storage?.setItem(PLACE, JSON.stringify(kept));
    } catch {
      // It is full, or not for us.
    }
  };
  return {
    isSolved: (name) => kept.solved.includes(name),
    solve(name) {
      if (kept.solved.includes(name)) return;
      kept.solved.push(name);
      write();
    },
    weights: (name) => (typeof kept.weights[name] === "string" ? kept.weights[name] : ""),
    leave(name, weights) {
      if (kept.weights[name] === weights) return;
      kept.weights[name] = weights;
      write();
    },
    // With how few a goal was reached; null where it was not.
    fewest: (goal) => (Number.isInteger(kept.fewest[goal]) ? kept.fewest[goal] : null),
    reach(goal, count) {
      if (Number.isInteger(kept.fewest[goal]) && kept.fewest[goal] <= count) return;
      kept.fewest[goal] = count;
      write();
    },
    hints: (name) => (Number.isInteger(kept.hints[name]) ? kept.hints[name] : 0),
    hinted(name, count) {
      kept.hints[name] = count;
      write();
    },
  };
}

function stored() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
