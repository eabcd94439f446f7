import type { Engine } from './engine';
import { readRow } from './frame';
import { record } from './kernels/op';
import type { Step } from './kernels/step';
import { stepWords } from './kernels/step';
import type { CacheConfig } from './kv/config';
import { isByPlane } from './kv/config';
import type { RunParts } from './run-setup';
import type { AttentionRow } from './run-types';

/**
 * The selected head's attention row of a step that is over, computed from the rows it left in the cache: the pass runs once more
 * and writes nothing there. `fed` = tokens of that step by lane; what is fed next stays as it is.
 */
export async function rowAgain(
  engine: Engine,
  parts: RunParts,
  step: Step,
  fed: readonly number[],
): Promise<AttentionRow> {
  const { cache, pass, decodeOps, layout, readback } = parts;
  const { device } = engine.gpu;
  const still: Step = {
    ...step,
    ops: cache.plans.flatMap((sides) => sides.map(() => ({ start: 0, count: 0, layerStride: 0, headStride: 0 }))),
  };
  const stats = pass.stats as NonNullable<typeof pass.stats>;
  const staging = await readback.take();
  const next = device.createBuffer({ size: fed.length * 4, usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST });
  const keep = device.createCommandEncoder();
  keep.copyBufferToBuffer(pass.tokens, 0, next, 0, next.size);
  device.queue.submit([keep.finish()]);
  device.queue.writeBuffer(pass.tokens, 0, Uint32Array.from(fed));
  device.queue.writeBuffer(pass.step, 0, stepWords(still));
  const encoder = device.createCommandEncoder();
  record(encoder, decodeOps, still);
  const keys = still.base + 1;
  for (let lane = 0; lane < fed.length; lane++) {
    const at = lane * still.cap * 4;
    encoder.copyBufferToBuffer(stats.row, at, staging, layout.records + layout.heads + at, keys * 4);
  }
  encoder.copyBufferToBuffer(next, 0, pass.tokens, 0, next.size);
  device.queue.submit([encoder.finish()]);
  try {
    const data = await readback.read(staging, layout.total);
    return readRow(data, layout, { lanes: fed.length, selected: still.selected }, still.cap, keys);
  } finally {
    next.destroy();
  }
}

/** True when a row of the cache never changes after its own step: nothing is sealed later, by a window or in blocks of tokens. */
export const rowsStand = (configs: readonly CacheConfig[]): boolean =>
  configs.every(
    ({ k, v, keep, self, evict, mix, bulk }, lane) =>
      lane === 0 ||
      (!isByPlane({ evict, mix, keep, bulk }) &&
        keep.sinks + keep.window === 0 &&
        self === 'quant' &&
        k.along === 'channel' &&
        v.along === 'channel'),
  );
