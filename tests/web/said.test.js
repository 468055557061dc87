// What a screen reader is given to say: the last of what there was, once the hand rests, and nothing while somebody types.
import { sentenceOf } from "../../lstm_viz/web/core/heard.js";
import { buildVoice } from "../../lstm_viz/web/core/said.js";
import { clock, same, test } from "./testing.js";

function listening() {
  const said = [];
  const time = clock();
  return { said, time, voice: buildVoice((sentence) => said.push(sentence), time) };
}

test("of ten steps in a hurry only the last is said", () => {
  const { said, time, voice } = listening();
  for (let step = 0; step < 10; step++) {
    voice.later(() => `step ${step}`);
    time.pass(50);
  }
  same(said, []);
  time.pass(1000);
  same(said, ["step 9"]);
});

test("whoever begins to type hears nothing of where they were", () => {
  const { said, time, voice } = listening();
  voice.later(() => "step 4");
  voice.hush();
  time.pass(1000);
  same([said, time.waiting()], [[], 0]);
});

test("a sentence is made when it is said, and what has not changed is not said again", () => {
  const { said, time, voice } = listening();
  let words = "first";
  voice.later(() => words);
  words = "second";
  time.pass(1000);
  voice.later(() => words);
  time.pass(1000);
  voice.later(() => "");
  time.pass(1000);
  same(said, ["second"]);
});

test("what is asked for is said at once, and again where it is asked for again", () => {
  const { said, time, voice } = listening();
  voice.later(() => "step 4");
  voice.now("all of it");
  voice.now("all of it");
  time.pass(1000);
  same(said, ["all of it", "all of it"]);
});

test("a place is told by its step and what is there", () => {
  same(sentenceOf(3, ["“slow”", "unit 5", "forget gate 0.910"]), "Step 3, “slow”, unit 5, forget gate 0.910");
});
