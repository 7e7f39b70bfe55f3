/**
 * Solves (JᵀJ + damping · diagonal) x = Jᵀr for the columns of J: one step of Levenberg and Marquardt.
 */
export function solve(columns: readonly Float64Array[], right: Float64Array, damping: number): number[] {
  const size = columns.length;
  const matrix = columns.map((column) => columns.map((other) => dot(column, other)));
  const target = columns.map((column) => dot(column, right));
  for (let at = 0; at < size; at += 1) {
    const row = matrix[at] as number[];
    row[at] = (row[at] as number) * (1 + damping) + 1e-12;
  }
  return choleskySolve(matrix, target);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

/** For a symmetric positive matrix. */
function choleskySolve(matrix: readonly (readonly number[])[], target: readonly number[]): number[] {
  const size = target.length;
  const lower: number[][] = [];
  for (let row = 0; row < size; row += 1) {
    const current: number[] = [];
    for (let column = 0; column <= row; column += 1) {
      let sum = matrix[row]?.[column] as number;
      const other = column === row ? current : (lower[column] as number[]);
      for (let at = 0; at < column; at += 1) sum -= (current[at] as number) * (other[at] as number);
      current.push(column === row ? Math.sqrt(Math.max(sum, 1e-18)) : sum / (other[column] as number));
    }
    lower.push(current);
  }
  const forward: number[] = [];
  for (let row = 0; row < size; row += 1) {
    let sum = target[row] as number;
    for (let at = 0; at < row; at += 1) sum -= (lower[row]?.[at] as number) * (forward[at] as number);
    forward.push(sum / (lower[row]?.[row] as number));
  }
  const result = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = forward[row] as number;
    for (let at = row + 1; at < size; at += 1) sum -= (lower[at]?.[row] as number) * (result[at] as number);
    result[row] = sum / (lower[row]?.[row] as number);
  }
  return result;
}
