// What has changed between two texts, and how long a text surely is.

// Where the part of a text that is not as before ends.
export function endOfChange(before, text) {
  const most = Math.min(before.length, text.length);
  let start = 0;
  while (start < most && before[start] === text[start]) start++;
  let same = 0;
  while (same < most - start && before[before.length - 1 - same] === text[text.length - 1 - same]) same++;
  return text.length - same;
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
