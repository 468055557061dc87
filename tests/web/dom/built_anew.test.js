// What a live page goes on with that stands where another was: the same one, built anew, or the one that a link led from.
import { same, test } from "../testing.js";
import { HEADER, RUNS, opened, running } from "./noting_page.js";

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
  for (const there of [{ session: "two" }, { place: "lessons" }, { query: "lesson=first&at=2" }]) {
    page = opened().answer();
    page.type("so good");
    page.close();
    page = opened(there, null, undefined, true, "other").answer({ received: 0, edits: 0 });
    same(page.messages, []);
    page.close();
  }
});

test("what waits while a lesson is on show is said once its own place is there again, and nowhere else", () => {
  for (const name of ["test", "other"]) {
    let page = opened().answer();
    page.type("so good");
    const [first] = page.messages;
    page.close();
    page = opened({ place: "lessons", query: "lesson=first&at=1" }, null, undefined, true, name).answer({ text: "Another." });
    same([page.area().value, page.messages], ["Another.", []]);
    page.type("mine");
    page.close();
    page = opened({ place: "lessons", query: "lesson=first&at=2" }, null, undefined, true, "third").answer({ text: "A third." });
    same(page.messages, []);
    page.close();
    page = opened({}, null, undefined, true, "other").answer({ received: 0, text: "so" });
    same(page.messages.map(({ sender, number, actions }) => [sender, number, actions]), [[first.sender, 1, [["type", "so good"]]]]);
    page.answer({ received: 1, text: "so good" });
    page.close();
    page = opened({}, null, undefined, true, "third").answer({ text: "so good" });
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

test("what was done on a page of its own is nothing for the same view in a lesson", () => {
  let page = opened().answer();
  page.type("so good");
  page.close();
  page = opened({ place: "lessons" }, null, undefined, true).answer({ received: 0, text: "Another." });
  same([page.area().value, page.messages], ["Another.", []]);
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

test("what is done while a page has nothing yet but an answer that counts on what is gone is said", () => {
  let page = opened().answer();
  page.close();
  page = opened({ place: "lessons" }, null, undefined, true).answer({ history: { kept: 1, added: [], future: [] } });
  same(page.messages.map(({ actions, has }) => [actions, has]), [[[], {}]]);
  page.tools().tell(["undo"]);
  page.answer({ received: 1 });
  same([page.last().number, page.last().actions, page.area().value], [2, [["undo"]], "so"]);
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
