import type { Entry } from './entry';

/**
 * SEAM 2: an invertible change of basis of one head's row, applied before coding. Attention undoes it on the query side (keys)
 * and on the mixed output (values), so a transform here must be orthonormal and independent of the position.
 *
 * WGSL it declares, over `var<private> row: array<f32, D>`, with `-` of the id as `_`: fn <id>_forward() and fn <id>_inverse().
 * Loops over channels end at channels() (see shader.ts), not at D.
 */
export interface Transform extends Entry {
  /** Null when it works for this head_dim, else why not. */
  refuses(headDim: number): string | null;
  wgsl: string;
}
