// What every live page does with the server's answers, on a page that only notes what it is told.
import { mounted } from "../../../lstm_viz/web/live/mount.js";
import { drop } from "../../../lstm_viz/web/live/handover.js";
import { packed } from "../packing.js";
import { same, test } from "../testing.js";

const HEADER = {
  session: "one", received: 0, edits: 0, parts: {}, history: { kept: 0, added: [], future: [] }, shape: {},
  query: "text=so&step=1", short: "text=so&step=1", linkable: true, text: "so", problem: "", refusal: "", unreadable: false,
  menu: { task: "sentiment" }, settings: { step: 1, unit: 2 }, rules: {}, themes: { light: { muted: "#000" }, dark: { muted: "#fff" } },
};
const NUMBERS = { count: 2, unreadable: false, steps: 3, units: 4, chosen: { step: 1, unit: 2 } };
const NONE = { able: () => false, runs: () => "", offer() {}, load() {}, ask() {}, compare() {}, close() {} };

// A page, what it sends, and what is called on it; own: what makes its numbers; anew: in the place of the one before.
function opened(header = {}, kept = null, own = () => NONE, anew = false, name = "test") {
  if (!anew) drop();
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

test("an answer is drawn where the server says that one is, and shown in the address's own time", () => {
  const page = opened().answer();
  same(page.called, [["problem", ""], ["count", 2], ["choices"], ["draw", 1, 2]]);
  same({ ...page.root().dataset }, { painted: "0", received: "0", said: "0" });
  same(page.messages, []);
  page.close();
});

test("a page that began with nothing is told what there is to choose, however fast it is typed on", () => {
  const page = opened({ text: "" }).answer({}, { steps: 0 });
  same(page.count("choices"), 0);
  page.type("s");
  page.type("so");
  page.answer({ received: 1, edits: 1 });
  same(page.count("choices"), 1);
  page.close();
});

test("an older answer neither moves what was chosen since nor shows an older choice", () => {
  const page = opened().answer();
  page.tools().state.step = 2;
  page.tools().set({ step: 2 });
  page.tools().state.step = 0;
  page.tools().set({ step: 0 });
  page.answer({ received: 1 }, { chosen: { step: 2, unit: 2 } });
  same(page.called[page.called.length - 1], ["draw", 0, 2]);
  same(page.count("choices"), 1);
  same(page.last().actions, [["set", { step: 0 }]]);
  page.close();
});

test("a server that comes back before it ever answered is told all, in order", () => {
  const page = opened().answer({ history: { kept: 0, added: ["text=a"], future: ["text=b"] } });
  page.type("so good");
  page.tools().set({ notation: "udacity" });
  page.answer({ session: "two", text: "The first example.", query: "" });
  same(page.count("draw"), 1);
  same(page.last().actions, [
    ["restore", { query: "text=so&step=1", text: "so", past: ["text=a"], future: ["text=b"] }],
    ["type", "so good"],
    ["set", { notation: "udacity" }],
  ]);
  page.answer({ session: "two", received: 1, edits: 1, text: "so good" });
  same(page.count("draw"), 2);
  same(page.messages.length, 2);
  page.close();
});

test("what can be undone is told bit by bit, and all of it to a server that forgot", () => {
  const page = opened().answer({ history: { kept: 0, added: ["a", "b", "c"], future: [] } });
  page.answer({ history: { kept: 2, added: ["d"], future: ["e"] } });
  page.answer({ session: "two" });
  same(page.last().actions[0][1].past, ["a", "b", "d"]);
  same(page.last().actions[0][1].future, ["e"]);
  page.close();
});

test("what the server counts on and the page does not hold is asked for, before anything is drawn", () => {
  const page = opened().answer({ parts: { examples: "3" } });
  same(page.count("draw"), 0);
  same([page.last().has, page.last().actions], [{}, []]);
  page.answer({ received: 1, parts: { examples: "3" }, examples: [] });
  same(page.count("draw"), 1);
  page.tools().set({ step: 2 });
  same(page.last().has, { own: "7", examples: "3" });
  page.close();
});

test("an answer on its way to an older message is no error; one that knows of the question is", () => {
  const errors = [];
  const usual = console.error;
  console.error = (said) => errors.push(said);
  const page = opened().answer({ parts: { examples: "3" } });
  const { number } = page.last();
  page.answer({ received: number - 1, parts: { examples: "4" } });
  same(errors, []);
  page.answer({ received: number, parts: { examples: "5" } });
  same(errors.length, 1);
  console.error = usual;
  page.close();
});

test("the past that is held is named to the server", () => {
  const page = opened().answer({ history: { name: "1-a", kept: 0, added: ["a"], future: [] } });
  page.tools().set({ step: 2 });
  same(page.last().has.past, "1-a");
  page.close();
});

test("another task locks the editor until its text is there", () => {
  const page = opened().answer();
  page.tools().tell(["task", "counting"]);
  page.tools().set({ step: 2 });
  same(page.area().readOnly, true);
  page.answer({ received: 1, edits: 1, text: "aabb" });
  same(page.area().readOnly, true);
  page.answer({ received: 2, edits: 1, text: "aabb" });
  same([page.area().readOnly, page.area().value], [false, "aabb"]);
  page.close();
});

test("a structure that is not as the server says is an error, told once", () => {
  const errors = [];
  const usual = console.error;
  console.error = (said) => errors.push(said);
  const page = opened({ shape: { text: "number", "numbers?": { steps: "number" } } }).answer();
  page.answer();
  console.error = usual;
  same(errors, ["header.text is text, expected number"]);
  page.close();
});

test("what is not answered, and a text that no address holds, are kept by the tab", () => {
  const page = opened().answer();
  page.type("so good");
  same(JSON.parse(sessionStorage.getItem("lstm-viz-view")).actions, [["type", "so good"]]);
  page.answer({ received: 1, edits: 1, text: "so good" });
  same(sessionStorage.getItem("lstm-viz-view"), null);
  page.answer({ received: 1, edits: 1, linkable: false, query: "text=long&step=1", short: "step=1", text: "long" });
  same(JSON.parse(sessionStorage.getItem("lstm-viz-view")).text, "long");
  same(page.called.some(([name, said]) => name === "problem" && said?.includes?.("this browser tab keeps the text")), true);
  page.close();
});

test("a tab that is loaded again does what was not answered, on the text that it was done on", () => {
  const kept = { at: [location.search], query: "text=so&step=1", text: "so", actions: [["type", "so good"]] };
  let page = opened({}, kept).answer();
  same(page.last().actions, [["type", "so good"]]);
  page.answer({ received: 1, text: "so good" });
  same([page.area().value, sessionStorage.getItem("lstm-viz-view")], ["so good", null]);
  page.close();
  page = opened({ text: "The first example." }, kept).answer();
  same(page.last().actions, [["restore", { query: "text=so&step=1", text: "so", past: [], future: [] }], ["type", "so good"]]);
  page.close();
  page = opened({}, { ...kept, at: ["?step=9"] }).answer();
  same(page.messages, []);
  page.close();
});

// Makes numbers here, when it is told to: { give() }.
function running({ at = "d", most = 1e-7 } = {}) {
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
const SOURCE = { read: (text) => ({ text, tokens: text.split(" "), spans: [], readable: true }) };
const RUNS = { settings: { step: 1, unit: 2, before: null }, parts: { networks: "d" }, networks: { lstm: {} } };

test("where the browser runs the network, a key is drawn without the server, which is asked for words when typing rests", () => {
  const own = running();
  const page = opened(RUNS, null, own.make).answer();
  own.ready();
  own.asked.pop().give();
  page.type("so good");
  same(own.asked.map(({ part, settings }) => [part, settings.text]), [["numbers", "so good"]]);
  own.asked.pop().give({ count: 2, chosen: { step: 0, unit: 2 } });
  same(page.root().dataset.painted, "1");
  same([page.root().dataset.said, page.root().classList.contains("behind"), page.messages.length], ["0", true, 0]);
  page.rest();
  same([page.last().actions, page.last().has.runs], [[["type", "so good"]], "d"]);
  page.answer({ received: 1, edits: 1, text: "so good", settings: { step: 0, unit: 2, before: "so" } }, null);
  same([page.root().dataset.said, page.root().classList.contains("behind")], ["1", false]);
  page.close();
});

test("an answer in words of an older text leaves the picture, and what is said of it stays behind", () => {
  const own = running();
  const page = opened(RUNS, null, own.make).answer();
  own.ready();
  own.asked.pop().give();
  page.type("so g");
  own.asked.pop().give({ chosen: { step: 0, unit: 2 } });
  page.rest();
  page.type("so good");
  own.asked.pop().give({ chosen: { step: 0, unit: 2 } });
  page.answer({ received: 1, edits: 1, text: "so g" }, null);
  same([page.root().dataset.painted, page.root().dataset.said], ["2", "1"]);
  same([page.root().classList.contains("behind"), own.asked.length], [true, 0]);
  page.close();
});

test("where one looks is drawn in part, and all that is said of the whole stays as it is", () => {
  const own = running();
  const page = opened(RUNS, null, own.make).answer();
  own.ready();
  own.asked.pop().give();
  page.tools().set({ step: 2 });
  same(own.asked.map(({ part, settings }) => [part, settings.step]), [["chosen", 2]]);
  same([...page.root().classList].filter((name) => name.startsWith("behind")), ["behind-choice"]);
  page.close();
});

test("numbers that fail are asked of the server, and shown when they come", () => {
  const own = running();
  const page = opened(RUNS, null, own.make).answer();
  own.ready();
  own.asked.pop().give();
  own.failed();
  same(page.last().has, {});
  page.answer({ received: 1 }, { steps: 1, chosen: { step: 0, unit: 0 } });
  same(page.called[page.called.length - 1], ["draw", 0, 0]);
  page.close();
});

test("a page that is built anew says by the same sender what the one before had not, each once", () => {
  let page = opened().answer({ history: { name: "1-a", kept: 0, added: ["text=a"], future: [] } });
  page.type("so g");
  page.type("so good");
  page.tools().set({ notation: "udacity" });
  const [first] = page.messages;
  page.close();
  // What waited went out as the page closed, after what was under way.
  const last = page.last();
  same([last.number, last.before, last.actions], [2, [{ number: 1, actions: [["type", "so g"]] }], [["type", "so good"], ["set", { notation: "udacity" }]]]);
  page = opened({}, null, undefined, true);
  same(page.messages, []);
  // Streamlit shows it with an answer that counts on what the page before held, and takes in its first message.
  page.answer({ received: 1, edits: 1, text: "so g", parts: {}, history: { name: "1-a", kept: 1, added: [], future: [] } });
  same([page.area().value, page.messages.length], ["so good", 1]);
  same([page.last().sender, page.last().number, page.last().before, page.last().actions], [first.sender, 2, [], last.actions]);
  same(page.last().has.past, "1-a");
  page.answer({ received: 2, edits: 2, text: "so good" });
  same([page.area().value, page.messages.length], ["so good", 1]);
  page.type("so goods");
  same([page.last().sender === first.sender, page.last().number, page.last().before], [true, 3, []]);
  page.close();
});

test("what a page had not said when another was opened, that one says by the same sender, once", () => {
  let page = opened().answer();
  page.type("so good");
  page.tools().tell(["take", { format: "csv" }]);
  page.tools().set({ notation: "udacity" });
  const [first] = page.messages;
  page.close();
  const kept = { at: [window.location.search], query: HEADER.query, text: "so", actions: [["undo"]] };
  page = opened({}, kept, undefined, true, "other").answer({ received: 0, edits: 0, text: "so" });
  same(page.messages.length, 1);
  const said = page.last();
  same([said.sender, said.number, said.edits], [first.sender, 2, 0]);
  same([said.before, said.actions], [[{ number: 1, actions: [["type", "so good"]] }], [["set", { notation: "udacity" }]]]);
  page.answer({ received: 2, edits: 0, text: "so good" });
  same([page.area().value, page.messages.length], ["so good", 1]);
  page.close();
  // All was answered; a third has nothing to say.
  page = opened({}, null, undefined, true, "third").answer({ received: 0, edits: 0, text: "so good" });
  same(page.messages, []);
  page.close();
  // Nor has one of another session, or of a step of a lesson.
  for (const there of [{ session: "two" }, { query: "lesson=first&at=2" }]) {
    page = opened().answer();
    page.type("so good");
    page.close();
    page = opened(there, null, undefined, true, "other").answer({ received: 0, edits: 0 });
    same(page.messages, []);
    page.close();
  }
});

test("a page that is built anew for a server that forgot tells it all there is", () => {
  let page = opened().answer({ history: { kept: 0, added: ["text=a"], future: ["text=b"] } });
  page.type("so good");
  page.close();
  page = opened({}, null, undefined, true).answer({ session: "two", text: "The first example.", query: "" });
  same(page.last().actions, [["restore", { query: "text=so&step=1", text: "so", past: ["text=a"], future: ["text=b"] }], ["type", "so good"]]);
  same([page.messages.length, page.last().session, page.last().before], [1, "two", []]);
  page.answer({ session: "two", received: 1, edits: 1, text: "so good" });
  same([page.messages.length, page.area().value, page.count("draw")], [1, "so good", 1]);
  page.close();
});

test("what a page had said and been answered is not said again by the next, which counts from there", () => {
  let page = opened().answer();
  page.type("so good");
  page.answer({ received: 1, edits: 1, text: "so good" });
  const [{ sender }] = page.messages;
  page.close();
  page = opened({}, null, undefined, true).answer({ received: 0, edits: 0, text: "so good" });
  same(page.messages, []);
  same(page.root().classList.contains("behind"), false);
  page.type("so goods");
  same([page.last().sender === sender, page.last().number], [false, 1]);
  page.close();
});

test("two pages at once in one document are one: the newer goes on where the older was", () => {
  const old = opened().answer();
  old.type("so good");
  const page = opened({}, null, undefined, true);
  page.answer({ received: 0 });
  same([old.root(), old.messages.length, page.messages.length], [null, 1, 1]);
  same([page.last().sender, page.last().number, page.last().actions], [old.last().sender, 1, [["type", "so good"]]]);
  old.close();
  page.answer({ received: 1, edits: 1, text: "so good" });
  page.type("so goods");
  same([page.last().number, page.last().actions], [2, [["type", "so goods"]]]);
  page.close();
});

test("what was done on one step of a lesson is nothing for the next", () => {
  let page = opened({ query: "lesson=first&at=1" }).answer();
  page.type("so good");
  page.close();
  page = opened({ query: "lesson=first&at=2" }, null, undefined, true).answer({ received: 0, text: "Another." });
  same([page.area().value, page.messages], ["Another.", []]);
  page.close();
});

test("a page that is built anew has the caret where it was, and takes it from nobody", () => {
  for (const [elsewhere, wanted] of [[false, [2, 4]], [true, null]]) {
    const { area, close } = opened({ text: "so good" }).answer();
    area().focus();
    area().setSelectionRange(2, 4);
    close();
    const field = document.body.appendChild(document.createElement("input"));
    if (elsewhere) field.focus();
    const page = opened({ text: "so good" }, null, undefined, true).answer();
    same(document.activeElement === page.area(), !elsewhere);
    if (wanted) same([page.area().selectionStart, page.area().selectionEnd], wanted);
    page.close();
    field.remove();
  }
});

test("a page that is built anew draws what it ran before, with the networks that are here", () => {
  const own = running();
  let page = opened(RUNS, null, own.make).answer();
  own.ready();
  own.asked.pop().give();
  page.type("so good");
  own.asked.pop().give({ chosen: { step: 0, unit: 2 } });
  page.close();
  page = opened(RUNS, null, () => { throw new Error("there is one"); }, true);
  page.answer({ received: 0 }, null);
  same(own.asked.map(({ part, settings }) => [part, settings.text]), [["numbers", "so good"]]);
  own.asked.pop().give({ chosen: { step: 0, unit: 2 } });
  same([page.count("draw"), page.area().value], [1, "so good"]);
  page.close();
});
