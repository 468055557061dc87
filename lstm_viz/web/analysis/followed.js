// Which of the numbers that a network says is followed; mirrors analysis/answers/followed.py.

// row: what it says after the step that counts, one number a label → the column that is followed
export function followed({ about, labels }, row) {
  if (!about.classifier) return 0;
  if (labels.length === 2) return about.favoured;
  return largest(row);
}

// The place of the largest number, the first of equal ones; without one of them, if given.
export function largest(row, without = -1) {
  let found = without === 0 ? 1 : 0;
  for (let k = found + 1; k < row.length; k++) if (k !== without && row[k] > row[found]) found = k;
  return found;
}
