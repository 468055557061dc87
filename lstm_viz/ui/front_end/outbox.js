// Messages to the server, one at a time: what changes while one is under way goes out together with the next.

const PATIENCE = 2000; // milliseconds after which a lost answer no longer holds up the rest

export function outbox(send, alreadySent) {
  let waiting = null;
  let sent = alreadySent;
  let answered = alreadySent;
  let timer = 0;
  function flush() {
    if (!waiting || answered < sent) return;
    sent += 1;
    const message = { number: sent, ...waiting };
    waiting = null;
    clearTimeout(timer);
    timer = setTimeout(() => answer(sent), PATIENCE);
    send(message);
  }
  function answer(number) {
    answered = Math.max(answered, number);
    flush();
  }
  return {
    answer,
    // Whether an answer to this message takes in everything there was to say.
    settled: (received) => !waiting && received >= sent,
    put(edits, changes) {
      const merged = { ...waiting?.changes, ...changes };
      // What was done is added up; what was chosen is replaced.
      if (changes.actions) merged.actions = [...(waiting?.changes.actions ?? []), ...changes.actions];
      waiting = { edits, changes: merged };
      flush();
    },
    close: () => clearTimeout(timer),
  };
}
