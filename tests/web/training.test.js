// What asks for a training's news: one question at a time, and none while another training is being begun.
import { followTraining } from "../../lstm_viz/web/pages/watch/news.js";
import { same, test } from "./testing.js";

globalThis.document ??= { hidden: false, documentElement: { classList: { contains: () => false } } };

const settled = () => new Promise((done) => setTimeout(done, 0));

test("nothing is asked while the page rests, and once it wakes, it asks again", async () => {
  const found = { asked: 0, aborted: 0, timers: 0, heard: 0 };
  const fetch = (_, { signal }) => {
    found.asked += 1;
    return new Promise((_, refuse) => signal.addEventListener("abort", () => {
      found.aborted += 1;
      refuse(new Error("aborted"));
    }));
  };
  const clock = { setTimeout: () => (found.timers += 1), clearTimeout: () => {} };
  const heard = () => (found.heard += 1);
  const follows = followTraining({ app: "http://here/", place: "training/secret", heard, lost: heard, gone: heard, fetch, clock });
  follows.rest();
  await settled();
  same(found, { asked: 1, aborted: 1, timers: 0, heard: 0 }); // else it would be answered with 404
  follows.wake();
  follows.wake();
  same(found.asked, 2);
  follows.stop();
  follows.wake();
  await settled();
  same(found.asked, 2);
});
