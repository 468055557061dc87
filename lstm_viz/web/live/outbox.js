// Messages to the server, one at a time and in the order of what was done; what is done while one is under way goes out
// together with the next.
//
// Of several messages that it has not come to yet, Streamlit keeps the last, and a connection that breaks loses what was
// on it. So a message takes along those before it that were not answered, one that stays unanswered is sent again, and
// the server does each once; `ui/bridge/talk.py` is the other side.

const PATIENCE = 2000; // milliseconds after which an answer that does not come no longer holds up the rest
const SHORT = 5000; // characters of a text that is told though another follows it
const LONGEST = 30000; // milliseconds between two tries, at most
const TRUSTED = 6; // tries for which a server that is at it is waited for: a minute and more

// send(message); sent: the number of the last message that the server knows of; left: what `left` gave of an outbox
// whose place this one takes; unheard(): called with a message that is sent for the third time and more; away(whether):
// called when an answer is long in coming, and when it is there; atWork(): whether the server is at it, so that to say it
// again would have it begin anew; clock: has setTimeout and clearTimeout
export function outbox(send, { sent = 0, left = null, unheard = () => {}, away = () => {}, atWork = () => false, clock = globalThis } = {}) {
  const old = left?.unanswered.length || left?.waiting ? left : null;
  let sender = old?.sender ?? Math.random(); // tells the numbers of this outbox from those of an earlier one on the page
  let waiting = old?.waiting ?? null; // what has not gone out: { edits, actions }
  let unanswered = old?.unanswered ?? []; // what has, the oldest first
  let silent = false; // whether an answer is long in coming
  let held = false; // whether the answer to the last one is waited for
  let tries = 0;
  let patience = 0;
  let rest = 0;
  let doubted = false; // whether the server may have forgotten this page
  let stopped = false; // whether the reader is leaving
  let posted = -Infinity; // when the last message went out
  sent = Math.max(sent, old?.sent ?? 0);

  function flush(hurry = false) {
    if (stopped || !waiting || rest || (held && !hurry)) return;
    sent += 1;
    unanswered = [...unanswered, { number: sent, ...waiting }];
    waiting = null;
    post();
  }
  function post() {
    const before = unanswered.map(({ number, actions }) => ({ number, actions }));
    const { number, actions } = before.pop();
    wait();
    held = true;
    posted = performance.now();
    send({ sender, number, edits: unanswered[unanswered.length - 1].edits, actions, before });
  }
  function wait() {
    clock.clearTimeout(patience);
    patience = clock.setTimeout(goOn, Math.min(LONGEST, PATIENCE * 2 ** tries));
    tries += 1;
  }
  function goOn() {
    hear(false);
    if (tries <= TRUSTED && atWork()) return wait();
    held = false;
    const all = tries > 1 || doubted;
    doubted = false;
    if (waiting && !rest) flush();
    else post();
    if (all) unheard(); // now, for it takes along what was posted
  }
  function hear(answered) {
    if (silent !== answered) return;
    silent = !answered;
    away(silent);
  }
  function calm() {
    clock.clearTimeout(rest);
    rest = 0;
  }
  const after = (number) => unanswered.filter((message) => message.number > number);
  const pending = (answered = 0) => [...after(answered), ...(waiting ? [waiting] : [])].flatMap(({ actions }) => actions);
  return {
    answer(number) {
      const left = after(number);
      if (left.length < unanswered.length) tries = 0;
      unanswered = left;
      if (stopped && left.length) wait();
      stopped = false;
      if (left.length) return;
      clock.clearTimeout(patience);
      held = false;
      hear(true);
      flush();
    },
    // Whether an answer to this message takes in everything there was to say.
    settled: (received) => !waiting && received >= sent,
    // All that was done and is not in the answer to this message, in order.
    pending,
    // actions: [[name, …arguments], …]; pause: milliseconds without another change before this one goes out; apart:
    // whether a text begins another edit, so that the one before it is told as well
    put(edits, actions, pause = 0, apart = false) {
      waiting = { edits, actions: actions.reduce((all, each) => appended(all, each, apart), waiting?.actions ?? []) };
      calm();
      if (pause) rest = clock.setTimeout(() => (calm(), flush()), pause);
      flush();
    },
    // A server that has forgotten all but its message `received` is told these actions, and then all it did not answer.
    restart(received, edits, actions) {
      const again = [...actions, ...pending()];
      sender = Math.random();
      sent = received;
      [waiting, unanswered, held, tries] = [null, [], false, 0];
      this.put(edits, again, 0, true);
    },
    // What waits for a rest goes out now; hurry: whatever is under way.
    flush(hurry = false) {
      calm();
      flush(hurry);
    },
    // When the last message went out, in milliseconds, as `performance.now` gives them.
    posted: () => posted,
    // Nothing more goes out until there is another answer: the reader is leaving, and another page says what is left. Whoever
    // is still here after that long was not leaving.
    stop() {
      stopped = true;
      clock.clearTimeout(patience);
      patience = clock.setTimeout(this.stay, LONGEST);
    },
    // The reader has not left, or came back before the page was taken down.
    stay() {
      if (!stopped) return;
      stopped = false;
      clock.clearTimeout(patience);
      if (unanswered.length) post();
      else flush();
    },
    // The next message that is not answered in time asks for more than itself: the server may have forgotten this page.
    doubt() {
      doubted = true;
    },
    // What an outbox left whose place this one takes is said again.
    goOn() {
      if (unanswered.length && !held) post();
      else flush();
    },
    // For the one that takes this one's place.
    left: () => ({ sender, sent, waiting, unanswered }),
    close() {
      this.flush(true);
      clock.clearTimeout(patience);
    },
  };
}

// Actions with one more: of texts typed one after the other the last one counts, and settings changed one after the
// other are changed together. Nothing else may change places. apart: see `put`
export function appended(actions, action, apart = false) {
  const last = actions[actions.length - 1];
  if (last?.[0] !== action[0]) return [...actions, action];
  if (action[0] === "type" && !(apart && action[1].length <= SHORT)) return [...actions.slice(0, -1), action];
  if (action[0] === "set") return [...actions.slice(0, -1), ["set", { ...last[1], ...action[1] }]];
  return [...actions, action];
}
