import { estimateRun } from '../../gpu/estimate';
import type { CacheConfig } from '../../gpu/kv/config';
import { openGguf } from '../../gpu/load/gguf';
import { modelName } from '../../gpu/load/model-name';
import type { ModelStore } from '../../gpu/load/store';
import { weightBytes } from '../../gpu/model/weight-bytes';
import type { AdapterSummary } from '../../gpu/run-types';
import type { Inspection, ModelRef } from '../protocol';
import { findModel } from './find-model';

export interface Question {
  ref: ModelRef;
  lanes: CacheConfig[];
  cap: number;
}

/** Reads the header and counts what a run would take. Errors as loading. */
export async function inspectModel(
  { ref, lanes, cap }: Question,
  adapter: AdapterSummary,
  store: ModelStore | null,
  signal?: AbortSignal,
): Promise<Inspection> {
  const { source } = await findModel(ref, store, signal);
  const file = await openGguf(source, signal);
  const { arch, context, layers, heads, kvHeads, headDim } = file.config;
  const run = estimateRun(file.config, lanes, Math.min(cap, context));
  const weights = await weightBytes(file);
  const limit = Math.min(adapter.maxBindingBytes, adapter.maxBufferBytes);
  const fits = run.largest.bytes <= limit;
  return {
    ...{ name: modelName(source), arch, context, layers, heads, kvHeads, headDim, fits },
    fileBytes: source.size,
    weightBytes: weights,
    laneBytes: run.lanes,
    scratchBytes: run.scratch,
    totalBytes: weights + run.scratch + run.lanes.reduce((sum, bytes) => sum + bytes, 0),
    why: fits
      ? ''
      : `One buffer (${run.largest.label}) would take ${megabytes(run.largest.bytes)}; this adapter allows ${megabytes(limit)}. Ask for fewer lanes or steps.`,
  };
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
