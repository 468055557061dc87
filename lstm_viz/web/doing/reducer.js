// Settings × what the user did → settings, as far as the browser can tell: it runs one network, and knows its texts and
// clamps. Mirrors ui/doing/reducer.py; the server does the same, and has the last word.
import { hold, parse, release, releaseAll, write } from "./holding.js";
import { edited, opened } from "./texts.js";
import { drop, move, replace } from "./tokens.js";

const LONGEST = 200_000; // TEXT_LIMIT of ui/settings/kinds.py, in characters of which some take two here
const FURTHEST = 999_999;
const WITH_RULES = ["task", "cell", "degrees", "text", "before", "clamps"]; // settings that have actions of their own
const MAY_LACK = ["checkpoint", "since"]; // whole numbers that may be null

const clamped = (act) => (settings, { values }) => {
  const clamps = act(settings.clamps, ...values);
  return clamps === null ? null : { clamps };
};

// An edit of one token as an action: the text as if typed, and the step where the token is then.
const onTokens = (edit) => (settings, { values: [step, ...rest], source, rules }) => {
  const reading = source.read(settings.text);
  const [first, second] = reading.spans;
  if (second && first[0] === second[0]) return null; // one line makes all steps; the server says so
  const done = edit(reading, source.read, step, ...rest);
  return done && { ...edited(settings, done[0], source, rules), step: done[1] };
};

// Name → what an action changes, or null
const ACTIONS = {
  type: (settings, { values: [text], source, rules }) => (isText(text) ? edited(settings, text, source, rules) : null),
  example(settings, { values: [text], source, rules }) {
    return isText(text) ? { text, ...opened({ ...settings, text: carried(text) }, source, rules) } : null;
  },
  set(settings, { values: [changes] }) {
    const plain = Object.entries(changes).filter(([name]) => !WITH_RULES.includes(name) && name in settings);
    return plain.every(([name, value]) => isLike(MAY_LACK.includes(name) ? 0 : settings[name], value, name)) ? Object.fromEntries(plain) : null;
  },
  "compare from here": () => ({ before: null }),
  "put back": ({ before }) => (before === null ? {} : { text: before, before: null }),
  hold: clamped(hold),
  release: clamped(release),
  "release all": clamped(releaseAll),
  // One experiment on the text before any edit, and nothing else.
  try(settings, { values: [line, step], source, rules }) {
    const base = { ...settings, text: settings.before ?? settings.text, before: null };
    const changes = { text: base.text, before: null, clamps: write(parse(line)) };
    if (step === null) return changes;
    const done = drop(source.read(base.text), source.read, step);
    return done && { ...changes, ...edited(base, done[0], source, rules), step: done[1] };
  },
  drop: onTokens(drop),
  replace: onTokens(replace),
  move: onTokens(move),
};

// settings: plain values, resolved, with all of them; action: [name, …arguments]; rules: as Rules of ui/doing/state.py
// → the settings after it; null for what only the server can do
export function reduce(settings, [name, ...values], { source, rules }) {
  const changes = Object.hasOwn(ACTIONS, name) ? ACTIONS[name](settings, { values, source, rules }) : null;
  if (!changes) return null;
  const after = { ...settings, ...changes };
  return { ...after, text: carried(after.text), before: after.before === null ? null : carried(after.before) };
}

function isText(value) {
  return typeof value === "string" && value.length <= LONGEST;
}

// Half of a character, which no encoding can carry, becomes the sign for one that was lost.
function carried(text) {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}

// Whether a value is of the kind of another, and one that the server takes as it is.
function isLike(present, value, name) {
  if (value === null) return MAY_LACK.includes(name);
  if (typeof value !== typeof present) return false;
  return typeof value !== "number" || !Number.isInteger(present) || (Number.isInteger(value) && value >= 0 && value <= FURTHEST);
}
