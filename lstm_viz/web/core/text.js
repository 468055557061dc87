// What has changed between two texts, and how long a text surely is.

// How many letters, or tokens, two texts share from the start, and of the rest from the end.
export function sharedEnds(one, other) {
  const most = Math.min(one.length, other.length);
  let [prefix, suffix] = [0, 0];
  while (prefix < most && one[prefix] === other[prefix]) prefix++;
  while (suffix < most - prefix && one[one.length - 1 - suffix] === other[other.length - 1 - suffix]) suffix++;
  return { prefix, suffix };
}

// Where the part of a text that is not as before ends.
export function endOfChange(before, text) {
  return text.length - sharedEnds(before, text).suffix;
}

// Whether a text has more lines than that, however wide it is shown; long ones are not read to their end.
export function isLong(text, { lines, characters }) {
  if (text.length > characters) return true;
  let place = -1;
  for (let k = 0; k < lines; k++) {
    place = text.indexOf("\n", place + 1);
    if (place < 0) return false;
  }
  return true;
}
