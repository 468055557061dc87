// Messages to the server, one at a time: what changes while one is under way goes out together with the next.

const PATIENCE = 2000; // milliseconds after which a lost answer no longer holds up the rest

export function outbox(send, alreadySent) {
  let waiting = null;
  let sent = alreadySent;
  let answered = alreadySent;
  let patience = 0;
  let rest = 0;
  function flush() {
    if (!waiting || rest || answered < sent) return;
    sent += 1;
    const message = { number: sent, ...waiting };
    waiting = null;
    clearTimeout(patience);
    patience = setTimeout(() => answer(sent), PATIENCE);
    send(message);
  }
  function answer(number) {
    answered = Math.max(answered, number);
    flush();
  }
  function calm() {
    clearTimeout(rest);
    rest = 0;
  }
  return {
    answer,
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
      sent = answered = number;
    },
    close() {
      calm();
      clearTimeout(patience);
    },
  };
}
