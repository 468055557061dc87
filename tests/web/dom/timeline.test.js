// A time-line that plays does so for the network that it was begun on alone.
import { buildThroughTraining } from "../../../lstm_viz/web/parts/timeline/through_training.js";
import { same, test } from "../testing.js";

const training = (steps) => ({ steps, loss: steps.map(() => 1), score: steps.map(() => 0), scoreName: "accuracy", share: true });
const shown = (values) => ({ settings: { checkpoint: null, since: null, timeline: true, ...values } });
const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

test("what plays stops where another network comes, or none, and where it is folded", async () => {
  for (const leave of [
    (through) => through.update({}),
    (through) => through.update({ training: training([0, 7]) }),
    (through) => through.follow(shown({ timeline: false }), "light"),
  ]) {
    const told = [];
    const through = buildThroughTraining(([, values]) => told.push(values));
    document.body.append(through.root);
    through.update({ training: training([0, 1, 5, 20]) });
    through.follow(shown({}), "light");
    const play = through.root.querySelector(".play");
    play.click();
    same(play.textContent, "Pause");
    leave(through);
    same(play.textContent, "Play");
    await frames();
    same(told, []);
    through.root.remove();
  }
});
