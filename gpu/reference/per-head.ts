/** Applies `work` to the rows [tokens][headDim] of each head of [tokens][heads][headDim]. */
export function perHead(
  rows: Float32Array,
  { heads, headDim }: { heads: number; headDim: number },
  work: (rows: Float32Array) => Float32Array,
): Float32Array {
  const tokens = rows.length / (heads * headDim);
  const out = new Float32Array(rows.length);
  for (let h = 0; h < heads; h++) {
    const one = new Float32Array(tokens * headDim);
    const at = (t: number) => (t * heads + h) * headDim;
    for (let t = 0; t < tokens; t++) one.set(rows.subarray(at(t), at(t) + headDim), t * headDim);
    const back = work(one);
    for (let t = 0; t < tokens; t++) out.set(back.subarray(t * headDim, (t + 1) * headDim), at(t));
  }
  return out;
}
