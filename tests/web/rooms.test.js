// What telephones and the lecturer's page ask of a room: how often, and what they make of what comes back.
import { keepAsking, PACE } from "../../lstm_viz/web/parts/room/polling.js";
import { roomAt } from "../../lstm_viz/web/parts/room/exchange.js";
import { kept, keep, thisBrowser } from "../../lstm_viz/web/parts/room/kept.js";
import { roomNamed } from "../../lstm_viz/web/room/phone.js";
import { clock, same, test } from "./testing.js";

const settled = () => new Promise((done) => setTimeout(done, 0));

// Lets time pass until it has asked so often more; gives the waits between.
async function waits(time, asked, many) {
  const found = [];
  for (let k = 0; k < many; k++) {
    const before = asked.length;
    let passed = 0;
    while (asked.length === before && passed < 60000) {
      time.pass(100);
      passed += 100;
    }
    found.push(passed);
    await settled();
  }
  return found;
}

function asking(answers, chance = () => 0.5) {
  const [time, asked, heard] = [clock(), [], []];
  const ask = async () => {
    asked.push(asked.length);
    return answers(asked.length);
  };
  return { time, asked, heard, it: keepAsking({ ask, heard: (answer) => heard.push(answer), clock: time, chance }) };
}

test("it asks soon after a change, more slowly while nothing changes, and never more slowly than that", async () => {
  const { time, asked, it, heard } = asking((k) => ({ told: { answers: k < 40 ? 0 : k } }));
  it.now();
  await settled();
  const first = await waits(time, asked, 30);
  same(first[0], PACE.soon);
  same([...first].sort((a, b) => a - b), first);
  same(first.at(-1), PACE.slow);
  const changed = await waits(time, asked, 12);
  same(changed.at(-1), PACE.soon);
  same(heard.length, asked.length);
  it.stop();
  time.pass(60000);
  same(asked.length, 43);
});

test("where nobody answers it waits longer each time, and is back at once when it is told to", async () => {
  const { time, asked, it } = asking(() => ({ lost: true }));
  it.now();
  await settled();
  const found = await waits(time, asked, 6);
  same(found[1] > found[0] && found[2] > found[1], true);
  same(found.at(-1), PACE.lost);
  it.now();
  same(asked.length, 8);
  it.stop();
});

test("a class does not ask in step", async () => {
  const times = new Set();
  for (let k = 0; k < 20; k++) {
    const { time, asked, it } = asking(() => ({ told: {} }), () => k / 20);
    it.now();
    await settled();
    times.add((await waits(time, asked, 1))[0]);
    it.stop();
  }
  same(times.size > 5, true);
  same(Math.min(...times) >= 0.7 * PACE.soon && Math.max(...times) <= 1.3 * PACE.soon, true);
});

test("a late answer to what was asked before is not heard", async () => {
  const waiting = [];
  const heard = [];
  const it = keepAsking({ ask: () => new Promise((done) => waiting.push(done)), heard: (answer) => heard.push(answer.told), clock: clock() });
  it.now();
  it.now();
  waiting[1]({ told: "second" });
  await settled();
  waiting[0]({ told: "first" });
  await settled();
  same(heard, ["second"]);
  it.stop();
});

test("paused, it asks nothing, waits for what is on its way, and goes on when told to", async () => {
  const [waiting, heard, done, time] = [[], [], [], clock()];
  const it = keepAsking({ ask: () => new Promise((give) => waiting.push(give)), heard: (answer) => heard.push(answer.told), clock: time });
  it.now();
  it.pause().then(() => done.push("paused"));
  await settled();
  same(done, []);
  waiting[0]({ told: "before" });
  await settled();
  same([done, heard], [["paused"], []]);
  time.pass(60000);
  same(waiting.length, 1);
  it.now();
  waiting[1]({ told: "after" });
  await settled();
  same(heard, ["after"]);
  it.stop();
});

test("what comes back is told, refused in a sentence, or lost", async () => {
  const answers = {
    now: () => new Response('{"asking":1}'),
    answer: () => new Response('{"error":"Too late."}', { status: 409 }),
    own: () => new Response("<html>Please sign in to the network</html>"),
    close: () => Promise.reject(new TypeError("no network")),
  };
  const seen = [];
  const fetch = async (address, options) => {
    seen.push([address, options.method, options.body ?? ""]);
    return answers[address.split("/").pop()]();
  };
  const room = roomAt("https://any.host/lstm/", "KT/R", { fetch });
  same(await room.ask("now"), { told: { asking: 1 } });
  same(await room.tell("answer", { prediction: 2 }), { refused: "Too late.", status: 409 });
  same(await room.tell("own", {}), { lost: true });
  same(await room.tell("close", {}), { lost: true });
  same(seen.slice(0, 2), [
    ["https://any.host/lstm/room/KT%2FR/now", "GET", ""],
    ["https://any.host/lstm/room/KT%2FR/answer", "POST", '{"prediction":2}'],
  ]);
});

test("a browser keeps its name, with storage or without", () => {
  same(/^[0-9a-f]{32}$/.test(thisBrowser()), true);
  same(thisBrowser(), thisBrowser());
  keep("a room", { code: "KTRM" });
  same(kept("a room"), { code: "KTRM" });
  keep("a room", null);
  same(kept("a room"), null);
});

test("the code is the end of the address", () => {
  same(["/room/KTRM", "/lstm/viz/room/ktrm", "/room/%20KT%52M", "/room/%E0%A4%A", "/room/"].map(roomNamed), ["KTRM", "KTRM", "KTRM", "", ""]);
});
