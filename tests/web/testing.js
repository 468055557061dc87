// What the tests are written with: Node's own where they run in it, and the same in a few lines where a browser does.

const inNode = typeof process !== "undefined" && Boolean(process.versions?.node);

export const results = []; // in a browser: [name, what went wrong, or ""]

const { test: nodeTest } = inNode ? await import("node:test") : {};
const assert = inNode ? (await import("node:assert/strict")).default : null;

export const underWay = []; // in a browser: a promise a test, for those that wait for something

export const test = nodeTest ?? ((name, run) => {
  const noted = async () => {
    try {
      await run();
      results.push([name, ""]);
    } catch (error) {
      results.push([name, String(error.stack ?? error)]);
    }
  };
  underWay.push(noted());
});

// Equal in value, through lists and objects.
export function same(seen, wanted) {
  if (assert) return assert.deepEqual(seen, wanted);
  const [a, b] = [seen, wanted].map((each) => JSON.stringify(each, sorted));
  if (a !== b) throw new Error(`${a} is not ${b}`);
}

export function close(seen, wanted, most = 1e-6) {
  if (!(Math.abs(seen - wanted) <= most)) throw new Error(`${seen} is not within ${most} of ${wanted}`);
}

function sorted(_, value) {
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (value === undefined) return "undefined";
  if (!value || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

// A clock that goes on only where a test lets it.
export function clock() {
  let now = 0;
  let next = 1;
  const timers = new Map();
  return {
    setTimeout(run, after) {
      timers.set(next, { run, at: now + after });
      return next++;
    },
    clearTimeout: (id) => timers.delete(id),
    pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const due = [...timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
        if (!due) break;
        now = due[1].at;
        timers.delete(due[0]);
        due[1].run();
      }
      now = end;
    },
    waiting: () => timers.size,
  };
}
