// The lecturer's part of a room, on the projector: where to go, how many have answered, and after the reveal what they did.
import { element, replace } from "../../core/dom.js";
import { buildResults } from "../predict/results.js";
import { roomAt } from "./exchange.js";
import { keep, kept } from "./kept.js";
import { keepAsking } from "./polling.js";
import { drawSquares } from "./squares.js";

const HELD = "lstm-viz-room"; // { code, secret, asking, question }: not in the address, where everybody would see the secret
const PACE = { soon: 800, slow: 1500, lost: 4000 };
const ONLY_HERE = /^(localhost|127\.|0\.0\.0\.0|\[::1\])/;

let last = ""; // the name of the last message, which its answer names

// app: the app's own address
// send({ act, id, question, code, secret }): to the lessons page; act: "ask", or how the room now stands to the question,
// as the page need not know: "asking", "revealed", "closed"
export function buildRoom({ app, send: sendOn }) {
  const send = (message) => sendOn({ ...message, id: (last = Math.random().toString(36).slice(2)) });
  const offer = element("button", { type: "button", class: "quiet ask" });
  const about = element("small");
  const offering = element("div", { class: "offering" }, offer, about);
  const said = element("p", { class: "said-of-room", role: "status" });
  const picture = element("div", { class: "picture" });
  const code = element("strong", { class: "code" });
  const address = element("span", { class: "address" });
  const onlyHere = element("small", { class: "only-here" });
  const count = element("p", { class: "count", role: "status" }, element("strong"), element("span"));
  const reveal = element("button", { type: "button", class: "reveal" }, "Reveal");
  const close = element("button", { type: "button", class: "quiet" });
  const way = element("p", { class: "way" }, "On your telephone: ", address, " with the code ", code);
  const buttons = element("div", { class: "buttons" }, reveal, close);
  const open = element("div", { class: "open" }, picture, element("div", { class: "beside" }, way, onlyHere, count, buttons));
  const prompt = element("p", { class: "prompt" }); // where the question itself is not on the screen
  const results = buildResults();
  const root = element("section", { class: "room", "aria-label": "Show of hands" }, offering, prompt, open, results.root, said);

  let told = { question: "", standing: "", why: "", theme: "light" };
  let held = kept(HELD);
  let [heard, revealed, answers, outcome, stated] = [null, false, 0, null, ""];
  let [room, asking, waiting, sure, problem] = [null, null, false, false, ""];

  const here = () => held?.question === told.question;

  function hold(wanted) {
    asking?.stop();
    [held, revealed, answers, outcome, heard, problem] = [wanted, false, 0, null, null, ""];
    keep(HELD, held);
    watch();
  }

  function watch() {
    asking?.stop();
    room = held && roomAt(app, held.code);
    asking = held && keepAsking({ ask: () => room.ask("now"), heard: hear, pace: PACE });
    asking?.now();
    replace(picture);
    if (room) paint(room);
  }

  async function paint(mine) {
    const { told: given } = await mine.tell("picture", { address: mine.address });
    if (given && mine === room) replace(picture, drawSquares(given.squares, mine.address));
  }

  function hear({ told: now, refused, status }) {
    if (status === 404) {
      hold(null);
      problem = "The room has ended.";
    } else if (!now) problem = refused ?? "No connection to the server: the count may be behind.";
    else {
      [heard, answers, problem] = [now, now.answers, ""];
      // Another window of this browser may have asked something else in it.
      if (now.asking === held.asking && now.revealed) unveil();
    }
    draw();
  }

  async function unveil() {
    if (!here() || (revealed && outcome)) return;
    revealed = true;
    const { told: given } = await room.tell("results", { secret: held.secret });
    if (!given || !here()) return;
    outcome = given;
    draw();
  }

  // The lesson goes on as the room does, whoever knew of it first.
  function state() {
    if (waiting || (here() && !heard) || (revealed && !outcome)) return;
    const act = !here() ? "" : revealed ? "revealed" : "asking";
    const mine = `${act} ${told.question}`;
    if (act === told.standing || stated === mine) return;
    stated = mine;
    send({ act: act || "closed", question: told.question });
  }

  offer.onclick = () => {
    waiting = true;
    send({ act: "ask", question: told.question, code: held?.code ?? "", secret: held?.secret ?? "" });
    draw();
  };
  reveal.onclick = async () => {
    const { told: now, refused } = await room.tell("reveal", { secret: held.secret, asking: held.asking });
    if (now) hear({ told: now });
    else problem = refused ?? "No connection to the server: nothing was revealed. Try again.";
    draw();
  };
  close.onclick = async () => {
    if (!sure) {
      sure = true;
      return draw();
    }
    // Nothing is asked of a room that may be gone by then.
    await asking.pause();
    const { lost, refused } = await room.tell("close", { secret: held.secret });
    if (lost) {
      problem = "No connection to the server: the room is still open. Try again.";
      asking.now();
    } else {
      hold(null);
      problem = refused ?? "";
    }
    sure = false;
    return draw();
  };
  close.onblur = () => {
    sure = false;
    draw();
  };

  function draw() {
    const asks = here();
    offering.hidden = asks;
    offer.hidden = Boolean(told.why);
    offer.disabled = waiting;
    offer.textContent = waiting ? "Asking …" : held ? `Ask room ${held.code}` : "Ask the room";
    offer.title = held ? "The room is open, and goes on to this question." : "Students answer on their telephones: no names, and nothing is kept when the room is closed.";
    about.textContent = told.why;
    open.hidden = !asks;
    prompt.textContent = told.prompt ?? "";
    prompt.hidden = !asks || revealed;
    root.classList.toggle("revealed", revealed);
    if (asks) {
      code.textContent = held.code;
      const { host, pathname } = new URL("room", app);
      address.textContent = host + pathname;
      onlyHere.textContent = ONLY_HERE.test(host) ? "Only this computer can open that address. Open the app at an address that telephones reach, and the code will lead there." : "";
      onlyHere.hidden = !onlyHere.textContent;
      const [many, words] = count.children;
      many.textContent = answers;
      words.textContent = answers === 1 ? " has answered" : " have answered";
      reveal.hidden = revealed;
      reveal.disabled = !heard;
      close.textContent = sure ? "Close it for everybody" : "Close the room";
    }
    results.root.hidden = !asks || !outcome;
    if (asks && outcome) {
      const { asked, predictions, truth } = outcome;
      results.update({ asked, predictions, answered: { truth }, theme: told.theme });
    }
    said.textContent = told.refusal || problem;
    said.hidden = !said.textContent;
    state();
  }

  return {
    root,
    // question: its name; standing: of the room to it, as the page knows it; why: rooms are not to be had; refusal: of what
    // was sent last; room: what the server has opened
    update(given) {
      if (given.question !== told.question) [revealed, outcome, sure] = [false, null, false];
      told = given;
      const opened = last && given.room?.answers === last ? given.room : null;
      if (opened || told.refusal) waiting = false;
      if (opened) {
        last = "";
        hold({ code: opened.code, secret: opened.secret, asking: opened.asking, question: told.question });
      } else if (held && !asking) watch();
      draw();
    },
    close() {
      asking?.stop();
    },
  };
}
