// Matrices times vectors, which is where a step's time goes.

// matrices: [{ rows, columns, weight: row after row, bias: or null }] → for each { from, to, multiply }: what stands in
// `from`, times the matrix, plus the bias, stands in `to` once `multiply` was called.
export function products(matrices) {
  return matrices.map(plainly);
}

// In float64, rounded once at the end.
function plainly({ rows, columns, weight, bias }) {
  const [from, to] = [new Float32Array(columns), new Float32Array(rows)];
  const multiply = () => {
    for (let row = 0, at = 0; row < rows; row++) {
      let sum = bias ? bias[row] : 0;
      for (let k = 0; k < columns; k++, at++) sum += weight[at] * from[k];
      to[row] = sum;
    }
  };
  return { from, to, multiply };
}
