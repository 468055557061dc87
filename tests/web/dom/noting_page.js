// A live page that only notes what it is told, for tests of what all of them do.
import { mounted } from "../../../lstm_viz/web/live/mount.js";
import { dropAll } from "../../../lstm_viz/web/live/handover.js";
import { packed } from "../packing.js";

export const HEADER = {
  session: "one", place: "pages", received: 0, edits: 0, parts: {}, history: { kept: 0, added: [], future: [] }, shape: {},
  query: "text=so&step=1", short: "text=so&step=1", address: "./?text=so&step=1", linkable: true, text: "so", problem: "", refusal: "", unreadable: false,
  menu: { task: "sentiment" }, settings: { step: 1, unit: 2 }, rules: {}, themes: { light: { muted: "#000" }, dark: { muted: "#fff" } },
};
export const NUMBERS = { count: 2, unreadable: false, steps: 3, units: 4, chosen: { step: 1, unit: 2 } };
export const NONE = { able: () => false, runs: () => "", offer() {}, load() {}, ask() {}, compare() {}, close() {} };

// A page, what it sends, and what is called on it; own: what makes its numbers; anew: in the place of the one before.
export function opened(header = {}, kept = null, own = () => NONE, anew = false, name = "test") {
  if (!anew) dropAll();
  sessionStorage.clear();
  if (kept) sessionStorage.setItem("lstm-viz-view", JSON.stringify(kept));
  const messages = [];
  const called = [];
  let [tools, area, rested] = [null, null, null];
  const component = mounted(name, (given) => {
    tools = given;
    area = given.root.appendChild(document.createElement("textarea"));
    return {
      editor: {
        area,
        fit() {},
        attend: ({ rest }) => (rested = rest),
        away: (silent) => called.push(["away", silent]),
        count: (counted) => called.push(["count", counted.count]),
        put: (text) => (area.value = text),
        lock: (locked) => (area.readOnly = locked),
        update(said, mayReplaceText) {
          if (mayReplaceText) area.value = said.text;
          called.push(["problem", said.problem]);
        },
      },
      move() {},
      choices: () => called.push(["choices"]),
      draw: () => called.push(["draw", tools.state.step, tools.state.unit]),
      has: () => ({ own: "7" }),
    };
  }, own);
  const parentElement = document.createElement("div");
  document.body.append(parentElement);
  let close = null;
  const view = {
    messages, called, parentElement,
    last: () => messages[messages.length - 1],
    root: () => parentElement.firstChild,
    // numbers: what differs in those that the message brings, or null where it brings none
    answer(changes, numbers = {}, arrays = {}) {
      const counted = numbers && { numbers: { ...NUMBERS, ...numbers } };
      close = component({ parentElement, data: packed({ ...HEADER, ...header, ...changes, ...counted }, arrays), setStateValue: (_, message) => messages.push(message) });
      return view;
    },
    type(text) {
      area.value = text;
      tools.tell(["type", text]);
    },
    tools: () => tools,
    rest: () => rested(),
    area: () => area,
    count: (name) => called.filter(([each]) => each === name).length,
    close() {
      close();
      parentElement.remove();
    },
  };
  return view;
}

// Makes numbers here, when it is told to: { give() }.
export function running({ at = "d", most = 1e-7 } = {}) {
  const asked = [];
  let [hooks, able] = [null, true];
  return {
    asked,
    failed: () => ((able = false), hooks.failed()),
    make: (_, told) => {
      hooks = told;
      return {
        ...NONE,
        able: () => able,
        runs: () => (able ? at : ""),
        source: () => SOURCE,
        ask: (part, settings, done) => asked.push({ part, settings, give: (changes) => done(part, { header: { ...NUMBERS, ...changes }, arrays: {} }) }),
        compare: (check, arrays, settings, done) => done({ most, seen: 1, of: 2 }),
      };
    },
    ready: () => hooks.ready(),
  };
}
export const SOURCE = { read: (text) => ({ text, tokens: text.split(" "), spans: [], readable: true }) };
export const RUNS = { settings: { step: 1, unit: 2, before: null }, parts: { networks: "d" }, networks: { lstm: {} } };
