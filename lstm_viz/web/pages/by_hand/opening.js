// On what Build by hand opens: what its address or a lesson's author says, and else where there is something to do.

// given: the settings that the server says; query: of the page's address; header: of its first message
export function opened(given, query, header, keep) {
  if (given.weights || given.sequence !== null || given.shut) return given;
  // A place that the address does not name was left by another page; a lesson's address names none of its steps' settings.
  const ofLesson = query.has("lesson");
  const says = (name) => query.has(name) || (ofLesson && given[name] !== header.defaults[name]);
  const begins = begun(given.challenge, header, says("trial") ? given.trial : null);
  return { ...given, ...(says("step") ? {} : begins), weights: keep.weights(given.challenge) };
}

// A challenge as it opens: at the first step at which there is something to do, or on the string that tells most.
// trial: which, or null
export function begun(name, { breaking, challenges }, trial = null) {
  if (name === breaking.name) return { challenge: name, trial: trial ?? breaking.shows, sequence: null, step: 0 };
  const challenge = challenges.find((each) => each.name === name);
  return { challenge: name, trial: trial ?? 0, sequence: null, step: firstOf(challenge, trial ?? 0) };
}

// The first step of a trial at which something is asked.
export function firstOf({ trials }, k) {
  return trials[Math.min(k, trials.length - 1)].begins[0];
}
