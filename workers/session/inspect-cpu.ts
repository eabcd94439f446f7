import { shadowConfig } from '../../gpu/kv/config';
import { footprint } from '../../gpu/kv/footprint';
import { openGguf } from '../../gpu/load/gguf';
import { modelName } from '../../gpu/load/model-name';
import type { ModelStore } from '../../gpu/load/store';
import type { Inspection } from '../protocol';
import { findModel } from './find-model';
import type { Question } from './inspect';
import { MOST_CPU_BYTES } from './maker';
import { tooLarge } from './model';

/** The header's facts for the reference engine: weights as numbers of four bytes, caches as their packed layout would take. */
export async function inspectForCpu(
  { ref, lanes, cap }: Question,
  store: ModelStore | null,
  signal?: AbortSignal,
): Promise<Inspection> {
  const { source } = await findModel(ref, store, signal);
  const { config, tensors } = await openGguf(source, signal);
  const { arch, context, layers, heads, kvHeads, headDim } = config;
  const weightBytes = [...tensors.values()].reduce((sum, { rows, cols }) => sum + 4 * rows * cols, 0);
  const laneBytes = [shadowConfig(), ...lanes].map((lane) => footprint(lane, config, Math.min(cap, context)).total);
  const { why, next } = tooLarge(source.size, MOST_CPU_BYTES);
  const fits = source.size <= MOST_CPU_BYTES;
  return {
    ...{ name: modelName(source), arch, context, layers, heads, kvHeads, headDim, fits },
    ...{ fileBytes: source.size, weightBytes, laneBytes, scratchBytes: 0 },
    totalBytes: weightBytes + laneBytes.reduce((sum, bytes) => sum + bytes, 0),
    why: fits ? '' : `${why} ${next}`,
  };
}
