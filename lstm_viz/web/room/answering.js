// A room on a telephone: its question, what this browser answers, and what is so once the lecturer shows it.
import { element, replace } from "../core/dom.js";
import { buildPrediction } from "../parts/predict/predict.js";
import { roomAt } from "../parts/room/exchange.js";
import { keep, kept, thisBrowser } from "../parts/room/kept.js";
import { keepAsking } from "../parts/room/polling.js";

const DRAFT = "lstm-viz-draft"; // an answer that has not arrived yet

// leave(sentence): there is no such room, or no longer
export function buildAnswering({ app, code, leave }) {
  const room = roomAt(app, code);
  const browser = thisBrowser();
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const place = element("div", { class: "place" });
  const status = element("p", { class: "status", role: "status" });
  const count = element("p", { class: "count" });
  const view = element("div", { class: "view" }, element("header", {}, element("h1", {}, "Room ", element("strong", { class: "code" }, code)), count), place, status);

  // What is asked, as it came; what came of this browser's answer; that answer, what the widget shows, which may be changed
  // already, and whether the answer has arrived.
  const state = { question: null, own: null, prediction: null, seen: null, sent: false, late: false, sending: false, lost: false };
  let widget = null;

  const asking = keepAsking({ ask: () => room.ask("now"), heard });
  const wake = () => document.visibilityState === "visible" && asking.now();
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  dark.addEventListener("change", draw);
  asking.now();

  async function heard({ told, refused, status: number }) {
    if (number === 404) return end(state.question ? "The room is closed. Nothing of it was kept." : refused);
    state.lost = !told;
    if (!told) return say(refused);
    count.textContent = told.revealed || !told.answers ? "" : told.answers === 1 ? "1 has answered" : `${told.answers} have answered`;
    const { question } = state;
    if (!question || question.asking !== told.asking || question.revealed !== told.revealed) await take();
    else if (state.prediction !== null && !state.sent) await send();
    return say();
  }

  // The question anew, and what this browser has said to it, which a page that was loaded again does not know.
  async function take() {
    const [{ told: question }, { told: own }] = [await room.ask("question"), await room.tell("own", { browser })];
    if (!question || !own) return;
    const another = state.question?.asking !== question.asking;
    if (another) {
      const draft = kept(DRAFT);
      const mine = draft?.code === code && draft.asking === question.asking && !question.revealed;
      Object.assign(state, { prediction: mine ? draft.prediction : own.prediction, sent: !mine });
      widget = buildPrediction({ submit: "Send my answer", onChange: changed, onSubmit: submit });
      replace(place, widget.root);
    }
    // After the reveal, what counts is what arrived.
    const late = question.revealed && state.prediction !== null && !state.sent;
    if (question.revealed) Object.assign(state, { prediction: own.prediction, sent: own.prediction !== null });
    if (another || late) state.late = late;
    Object.assign(state, { question, own, seen: state.prediction });
    draw();
    if (another) window.scrollTo(0, 0);
  }

  function draw() {
    if (!state.question) return;
    const { asked, revealed, truth } = state.question;
    const answered = revealed ? { ...state.own, truth } : null;
    widget.update({ asked, prediction: state.prediction, answered, theme: dark.matches ? "dark" : "light" });
    say();
  }

  function changed(prediction) {
    state.seen = prediction;
    say();
  }

  function submit(prediction) {
    Object.assign(state, { prediction, seen: prediction, sent: false });
    keep(DRAFT, { code, asking: state.question.asking, prediction });
    send();
  }

  async function send() {
    if (state.sending || state.prediction === null) return;
    state.sending = true;
    const { prediction, question } = state;
    say();
    const answer = await room.tell("answer", { asking: question.asking, browser, prediction });
    state.sending = false;
    if (state.question.asking !== question.asking) return; // the lecturer has gone on
    const newer = state.prediction !== prediction;
    state.lost = Boolean(answer.lost);
    if (answer.lost || answer.status >= 500 || answer.status === 429) return say(answer.refused); // it goes with the next that is heard
    state.sent = !newer;
    if (!newer) keep(DRAFT, null);
    if (answer.refused) {
      state.prediction = newer ? state.prediction : null;
      say(answer.refused);
    } else say();
    asking.now();
    if (newer) send();
  }

  function say(sentence) {
    view.classList.toggle("lost", state.lost);
    view.classList.toggle("is-in", state.sent && state.prediction !== null && !unsent());
    status.textContent = sentence ?? sayNow();
  }

  const unsent = () => state.sent && JSON.stringify(state.seen) !== JSON.stringify(state.prediction);

  function sayNow() {
    const { question, prediction, sent, lost } = state;
    const waits = prediction !== null && !sent;
    if (lost) return waits ? "No connection. Your answer is kept here, and sent as soon as there is one." : "No connection. This page keeps trying.";
    if (!question) return "Looking for the question …";
    if (question.revealed) {
      const why = state.late ? "Your last answer came too late to count. " : prediction === null ? "You did not answer this one. " : "";
      return `${why}Wait here for the next question.`;
    }
    if (waits) return "Sending …";
    if (prediction !== null && unsent()) return "Changed, and not sent yet: the answer before still counts.";
    return prediction === null ? "Nobody sees who answered what." : "Your answer is in. You can change it until the answer is shown.";
  }

  function end(sentence) {
    asking.stop();
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("online", wake);
    dark.removeEventListener("change", draw);
    keep(DRAFT, null);
    leave(sentence);
  }
  say();
  return view;
}
