// What goes to the server, in which order, and what happens where no answer comes.
import { appended, outbox } from "../../lstm_viz/web/live/outbox.js";
import { clock, same, test } from "./testing.js";

function begun(sent = 0, left = null) {
  const messages = [];
  const time = clock();
  const mail = outbox((message) => messages.push(message), { sent, left, clock: time });
  return { mail, messages, time, last: () => messages[messages.length - 1] };
}

test("the first action goes out at once, and what follows waits for its answer", () => {
  const { mail, messages, last } = begun(3);
  mail.put(1, [["type", "a"]]);
  mail.put(2, [["type", "ab"]]);
  mail.put(3, [["type", "abc"]]);
  same(messages.length, 1);
  same([last().number, last().edits, last().actions, last().before], [4, 1, [["type", "a"]], []]);
  mail.answer(4);
  same([last().number, last().edits, last().actions, last().before], [5, 3, [["type", "abc"]], []]);
  same(mail.settled(4), false);
  same(mail.settled(5), true);
});

test("what is typed before the task is changed is typed into the task before", () => {
  const { mail, last } = begun();
  mail.put(0, [["set", { step: 1 }]]);
  mail.put(1, [["type", "good"]]);
  mail.put(2, [["task", "counting"]]);
  mail.put(3, [["type", "aabb"]]);
  mail.put(3, [["set", { step: 2 }]]);
  mail.put(3, [["set", { unit: 7 }]]);
  mail.answer(1);
  same(last().actions, [["type", "good"], ["task", "counting"], ["type", "aabb"], ["set", { step: 2, unit: 7 }]]);
});

test("only texts and settings that follow each other directly become one", () => {
  same(appended([["type", "a"]], ["type", "b"]), [["type", "b"]]);
  same(appended([["set", { step: 1, unit: 2 }]], ["set", { step: 3 }]), [["set", { step: 3, unit: 2 }]]);
  same(appended([["type", "a"], ["undo"]], ["type", "b"]), [["type", "a"], ["undo"], ["type", "b"]]);
  same(appended([["undo"]], ["undo"]), [["undo"], ["undo"]]);
  same(appended([["example", "a"]], ["example", "b"]), [["example", "a"], ["example", "b"]]);
  same(appended([["type", "a"]], ["type", "a b"], true), [["type", "a"], ["type", "a b"]]);
  same(appended([["type", "a"]], ["type", "b".repeat(5001)], true), [["type", "b".repeat(5001)]]);
  const settings = { step: 1 };
  appended([["set", settings]], ["set", { step: 2 }]);
  same(settings, { step: 1 });
});

test("what stays unanswered is sent again, less and less often, though nothing new is done", () => {
  const { mail, messages, time } = begun();
  mail.put(1, [["type", "a"]]);
  time.pass(1999);
  same(messages.length, 1);
  time.pass(1);
  same(messages.length, 2);
  same(messages[1], messages[0]);
  time.pass(3999);
  same(messages.length, 2);
  time.pass(1);
  same(messages.length, 3);
  time.pass(600_000);
  // At most half a minute apart.
  same(messages.length >= 20, true);
  const tries = messages.length;
  mail.answer(1);
  time.pass(600_000);
  same([messages.length, time.waiting()], [tries, 0]);
});

test("a server that stays silent is asked for more than the message", () => {
  const time = clock();
  let unheard = 0;
  const mail = outbox(() => {}, { clock: time, unheard: () => (unheard += 1) });
  mail.put(1, [["type", "a"]]);
  time.pass(5999);
  same(unheard, 0);
  time.pass(1);
  same(unheard, 1);
  mail.answer(1);
  mail.put(2, [["type", "ab"]]);
  time.pass(5000);
  same(unheard, 1);
});

test("a silence is told when it begins and when it ends, once each", () => {
  const time = clock();
  const told = [];
  const mail = outbox(() => {}, { clock: time, away: (silent) => told.push(silent) });
  mail.put(1, [["type", "a"]]);
  time.pass(1999);
  same(told, []);
  time.pass(100_000);
  same(told, [true]);
  mail.answer(1);
  mail.put(2, [["type", "ab"]]);
  mail.answer(2);
  same(told, [true, false]);
});

test("what waits for a rest goes out when it is asked for, and when the page closes", () => {
  const { mail, messages } = begun();
  mail.put(0, [["type", "a"]], 250);
  same(messages.length, 0);
  mail.flush();
  same(messages.length, 1);
  mail.answer(1);
  mail.put(0, [["type", "ab"]], 250);
  mail.close();
  same(messages.map(({ actions }) => actions), [[["type", "a"]], [["type", "ab"]]]);
});

test("what is done while the server is silent goes out with what it has not answered", () => {
  const { mail, time, last } = begun();
  mail.put(1, [["type", "a"]]);
  mail.put(1, [["set", { order: "index" }]]);
  time.pass(2000);
  same([last().number, last().actions], [2, [["set", { order: "index" }]]]);
  same(last().before, [{ number: 1, actions: [["type", "a"]] }]);
  mail.put(2, [["undo"]]);
  // An answer to the first does not hurry the third: the second is still on its way.
  mail.answer(1);
  same(last().number, 2);
  mail.answer(2);
  same([last().number, last().actions, last().before], [3, [["undo"]], []]);
});

test("a pause lets the next change of the same kind replace the last", () => {
  const { mail, messages, time } = begun();
  mail.put(0, [["set", { step: 1 }]], 200);
  time.pass(150);
  mail.put(0, [["set", { step: 2 }]], 200);
  time.pass(199);
  same(messages.length, 0);
  time.pass(1);
  same(messages[0].actions, [["set", { step: 2 }]]);
});

test("a server that has forgotten all is told it in order, by another sender", () => {
  const { mail, messages, last } = begun(7);
  mail.put(1, [["type", "a"]]);
  mail.put(2, [["undo"]]);
  const { sender } = last();
  mail.restart(0, 2, [["restore", { query: "task=python" }]]);
  same(messages.length, 2);
  same([last().number, last().edits, last().before], [1, 2, []]);
  same(last().actions, [["restore", { query: "task=python" }], ["type", "a"], ["undo"]]);
  same(last().sender === sender, false);
  mail.answer(1);
  same(mail.pending(), []);
});

test("what is pending is all that the answer to a message does not take in", () => {
  const { mail } = begun();
  mail.put(1, [["type", "a"]]);
  mail.put(2, [["undo"]]);
  same(mail.pending(), [["type", "a"], ["undo"]]);
  same(mail.pending(1), [["undo"]]);
});

test("an edit that begins while another waits for a rest leaves that one to undo", () => {
  const { mail, last } = begun();
  mail.put(1, [["type", "so"]], 250);
  mail.put(2, [["type", "so "]], 250);
  mail.put(3, [["type", "so g"]], 250, true);
  mail.put(4, [["type", "so go"]], 250);
  mail.flush();
  same(last().actions, [["type", "so "], ["type", "so go"]]);
});

test("a message that only asks has no actions", () => {
  const { mail, last } = begun();
  mail.put(0, []);
  same(last().actions, []);
  same(mail.settled(1), true);
});

test("what waits goes out when the page closes, whatever is under way", () => {
  const { mail, messages, time } = begun();
  mail.put(1, [["type", "a"]]);
  mail.put(2, [["undo"]]);
  mail.close();
  same(messages.map(({ number, actions, before }) => [number, actions, before.length]), [[1, [["type", "a"]], 0], [2, [["undo"]], 1]]);
  same(time.waiting(), 0);
});

test("an outbox that takes another's place says what that one had not, by its name and in its order", () => {
  const old = begun(3);
  old.mail.put(1, [["type", "a"]]);
  old.mail.put(2, [["undo"]]);
  // The old one is gone, all of a sudden; the server has heard of the first.
  const { mail, messages, last, time } = begun(4, old.mail.left());
  same(mail.pending(), [["type", "a"], ["undo"]]);
  mail.answer(4);
  same([last().sender, last().number, last().actions, last().before], [old.last().sender, 5, [["undo"]], []]);
  mail.goOn();
  same(messages.length, 1);
  mail.answer(5);
  same([mail.settled(5), time.waiting()], [true, 0]);
  const fresh = begun(5, mail.left());
  fresh.mail.put(3, [["redo"]]);
  same([fresh.last().number, fresh.last().sender === old.last().sender], [6, false]);
});

test("an answer that was on its way to the outbox before is taken for what it is", () => {
  const old = begun();
  old.mail.put(1, [["type", "a"]]);
  const { mail, messages } = begun(0, old.mail.left());
  mail.answer(0);
  mail.goOn();
  same(messages.map(({ number }) => number), [1]);
  mail.put(2, [["type", "ab"]]);
  mail.answer(1);
  same(messages.map(({ number, before }) => [number, before.length]), [[1, 0], [2, 0]]);
});

test("after a network was away, the first message that is not answered in time asks for more than itself", () => {
  const time = clock();
  const done = [];
  const mail = outbox(({ number }) => done.push(number), { clock: time, unheard: () => done.push("all") });
  mail.doubt();
  mail.put(1, [["type", "a"]]);
  time.pass(2000);
  same(done, [1, 1, "all"]);
  mail.answer(1);
  mail.put(2, [["type", "ab"]]);
  time.pass(2000);
  same(done, [1, 1, "all", 2, 2]);
});

test("a server that is at it is not asked again, for a minute; what is done meanwhile waits", () => {
  const time = clock();
  const sent = [];
  let [working, all] = [true, 0];
  const mail = outbox(({ number }) => sent.push(number), { clock: time, atWork: () => working, unheard: () => (all += 1) });
  mail.put(1, [["type", "a"]]);
  time.pass(60_000);
  mail.put(2, [["undo"]]);
  same([sent, all], [[1], 0]);
  mail.answer(1);
  same(sent, [1, 2]);
  time.pass(50_000);
  working = false;
  time.pass(30_000);
  same(sent.slice(0, 3), [1, 2, 2]);
  working = true;
  const before = sent.length;
  time.pass(600_000);
  same(sent.length > before, true);
});

test("a closed outbox lets no timer run on", () => {
  const { mail, time } = begun();
  mail.put(1, [["type", "a"]]);
  mail.put(1, [["set", { step: 1 }]], 200);
  mail.close();
  same(time.waiting(), 0);
});
