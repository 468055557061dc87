// What every live page does with the server's answers, on a page that only notes what it is told.
import { same, test } from "../testing.js";
import { RUNS, opened, running } from "./noting_page.js";

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
  const kept = { at: [location.search], place: "pages", query: "text=so&step=1", text: "so", actions: [["type", "so good"]] };
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

test("a network that is there only after something was chosen does not show what was before", () => {
  let able = false;
  const own = running();
  const page = opened(RUNS, null, (_, hooks) => ({ ...own.make(_, hooks), able: () => able, runs: () => (able ? "d" : "") })).answer();
  page.tools().state.step = 2;
  page.tools().set({ step: 2 });
  able = true;
  own.ready();
  same(own.asked, []);
  page.answer({ received: 1, settings: { step: 2, unit: 2, before: null } }, null);
  same(own.asked.map(({ settings }) => settings.step), [2]);
  page.close();
});

test("a network that is there only when an answer with numbers comes is run all the same", () => {
  let able = false;
  const own = running();
  const page = opened(RUNS, null, (_, hooks) => ({ ...own.make(_, hooks), able: () => able, runs: () => (able ? "d" : "") })).answer();
  page.tools().set({ step: 2 });
  able = true;
  own.ready();
  page.answer({ received: 1, settings: { step: 2, unit: 2, before: null } });
  same(own.asked.map(({ settings }) => settings.step), [2]);
  page.close();
});
