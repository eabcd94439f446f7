import type { ModelConfig } from '../model/config';

/** Rotary angles per position step: base^(-2i / D), divided by the model's scaling factors. [D/2]. */
export function frequencies(config: Pick<ModelConfig, 'headDim' | 'ropeBase' | 'ropeFactors'>): Float64Array {
  const { headDim, ropeBase, ropeFactors } = config;
  return Float64Array.from(
    { length: headDim / 2 },
    (_, i) => ropeBase ** ((-2 * i) / headDim) / (ropeFactors?.[i] ?? 1),
  );
}

/**
 * Rotates channels i and i + D/2 of every head by position * frequency[i], in place (Su et al. 2021, in Hugging Face's
 * halves order). rows [n, heads * D], row r at position `first + r`.
 */
export function rope(rows: Float32Array, width: number, first: number, frequency: Float64Array): void {
  const half = frequency.length;
  for (let row = 0; row * width < rows.length; row++) {
    for (let i = 0; i < half; i++) {
      const angle = (first + row) * frequency[i];
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      for (let at = row * width + i; at < (row + 1) * width; at += 2 * half) {
        const [a, b] = [rows[at], rows[at + half]];
        rows[at] = a * cos - b * sin;
        rows[at + half] = b * cos + a * sin;
      }
    }
  }
}
