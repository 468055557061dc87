// Messages to the server, one at a time: what changes while one is under way goes out together with the next.
//
// Of several messages that it has not come to yet, Streamlit keeps the last. So a message takes along those before it
// that were not answered, and the server does what it has not done; `ui/talk.py` is the other side.

const PATIENCE = 2000; // milliseconds after which an answer that does not come no longer holds up the rest

export function outbox(send, alreadySent) {
  const sender = Math.random(); // tells the numbers of this outbox from those of an earlier one on the same page
  let waiting = null;
  let unanswered = [];
  let sent = alreadySent;
  let answered = alreadySent;
  let patience = 0;
  let rest = 0;
  function flush() {
    if (!waiting || rest || answered < sent) return;
    sent += 1;
    const message = { sender, number: sent, before: unanswered, ...waiting };
    clearTimeout(patience);
    patience = setTimeout(() => goOn(sent), PATIENCE * 2 ** unanswered.length);
    unanswered = [...unanswered, { number: sent, changes: waiting.changes }];
    waiting = null;
    send(message);
  }
  function goOn(number) {
    answered = Math.max(answered, number);
    flush();
  }
  function calm() {
    clearTimeout(rest);
    rest = 0;
  }
  return {
    answer(number) {
      unanswered = unanswered.filter((message) => message.number > number);
      goOn(number);
    },
    // Whether an answer to this message takes in everything there was to say.
    settled: (received) => !waiting && received >= sent,
    // pause: milliseconds without another change before this one goes out
    put(edits, changes, pause = 0) {
      const merged = { ...waiting?.changes, ...changes };
      // What was done is added up; what was chosen is replaced.
      if (changes.actions) merged.actions = [...(waiting?.changes.actions ?? []), ...changes.actions];
      waiting = { edits, changes: merged };
      calm();
      if (pause) rest = setTimeout(() => (calm(), flush()), pause);
      flush();
    },
    // A server that counts from here again has no use for what was on its way.
    restart(number) {
      waiting = null;
      unanswered = [];
      sent = answered = number;
    },
    close() {
      calm();
      clearTimeout(patience);
    },
  };
}
