import type { RunParts } from './run-setup';

/** What one step has measured goes to its staging buffer, as `ResultLayout` says. `keys` = keys the query saw; 0: no attention was measured. */
export function copyResults(
  encoder: GPUCommandEncoder,
  { result, pass, layout, cache }: RunParts,
  staging: GPUBuffer,
  keys: number,
): void {
  const { records, heads, local, total } = layout;
  encoder.copyBufferToBuffer(result, 0, staging, 0, records);
  if (keys === 0 || !pass.stats) return;
  if (heads > 0) encoder.copyBufferToBuffer(pass.stats.values, 0, staging, records, heads);
  for (let lane = 0; lane < cache.configs.length; lane++) {
    const at = lane * cache.cap * 4;
    encoder.copyBufferToBuffer(pass.stats.row, at, staging, records + heads + at, keys * 4);
  }
  const errors = pass.isolation?.errors;
  if (errors) encoder.copyBufferToBuffer(errors.values, 0, staging, total - local, local);
}
