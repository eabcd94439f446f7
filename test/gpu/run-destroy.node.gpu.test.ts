import { expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import { openEngine } from '../../gpu/engine';
import { openGguf } from '../../gpu/load/gguf';
import { bytesSource } from '../../gpu/load/source';
import { Run } from '../../gpu/run';
import { tinyGguf } from '../fixtures/tiny-gguf';
import { runSpec } from '../workers/session-host';

test('a run destroyed in flight rejects every step that is under way, and the next run works', async () => {
  const gpu = await openGpu();
  const engine = await openEngine(gpu, await openGguf(bytesSource(tinyGguf())));
  const weights = engine.weights.buffers.total();
  const run = await Run.create(engine, runSpec());
  expect(run.gpuBytes).toBeGreaterThan(weights);
  const steps = Array.from({ length: 6 }, () => run.advance());
  run.destroy();
  for (const step of await Promise.allSettled(steps)) {
    expect(step).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
  }
  await expect(run.advance()).rejects.toMatchObject({ code: 'cancelled' });
  await expect(run.logits()).rejects.toMatchObject({ code: 'cancelled' });
  run.destroy();
  expect(run.gpuBytes).toBe(weights);
  const next = await Run.create(engine, runSpec());
  expect((await next.advance()).step).toBe(0);
  next.destroy();
  gpu.device.destroy();
});

test('a run that is cancelled while it is made frees what it took', async () => {
  const gpu = await openGpu();
  const engine = await openEngine(gpu, await openGguf(bytesSource(tinyGguf())));
  const made: GPUBuffer[] = [];
  const create = gpu.device.createBuffer.bind(gpu.device);
  const alive = new Set<GPUBuffer>();
  gpu.device.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    const destroy = buffer.destroy.bind(buffer);
    alive.add(buffer);
    made.push(buffer);
    buffer.destroy = () => {
      alive.delete(buffer);
      return destroy();
    };
    return buffer;
  };
  const stop = new AbortController();
  const progress = () => stop.abort();
  await expect(Run.create(engine, runSpec(), { progress, signal: stop.signal })).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect(made.length).toBeGreaterThan(10);
  expect(alive.size).toBe(0);
  gpu.device.destroy();
});
