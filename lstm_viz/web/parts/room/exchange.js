// What a room is asked and told: JSON each way. What comes back says whether it came at all.

const PATIENCE = 10000; // ms

// app: the app's own address; code: of the room; memory: of this page alone
//   → ask(name), tell(name, body) → { told } as the server says it, { refused: a sentence, status }, or { lost: true }
export function roomAt(app, code, { fetch = globalThis.fetch.bind(globalThis) } = {}) {
  const address = new URL(`room/${encodeURIComponent(code)}`, app).href;
  const send = async (name, options) => {
    let answer;
    let told;
    try {
      answer = await fetch(`${address}/${name}`, { ...options, cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(PATIENCE) });
      told = await answer.json();
    } catch {
      return { lost: true }; // no network, or something on the way answers in our place
    }
    return answer.ok ? { told } : { refused: String(told.error ?? `The server said ${answer.status}.`), status: answer.status };
  };
  return {
    address,
    ask: (name) => send(name, { method: "GET" }),
    tell: (name, body) => send(name, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  };
}
