import { beforeAll, describe, expect, test } from 'vitest';
import { Buffers } from '../../../gpu/buffers';
import type { Gpu } from '../../../gpu/device';
import { openGpu } from '../../../gpu/device';
import type { Kernel } from '../../../gpu/kernel';
import { Kernels } from '../../../gpu/kernel';
import { STEP_BYTES } from '../../../gpu/kernels/step';
import stepWgsl from '../../../gpu/kernels/step.wgsl?raw';
import { transforms } from '../../../gpu/kv/registry';
import { cacheParts } from '../../../gpu/kv/shader';
import { referenceTransform } from '../../../gpu/reference/registry';
import { normalArray } from '../../fixtures/random';
import { readBuffer } from '../read-buffer';

/** One row per thread: forward into the first half of `out`, and back again into the second. */
const TURN = /* wgsl */ `
@group(0) @binding(0) var<storage, read> rows: array<f32>; // [rows][D]
@group(0) @binding(1) var<storage, read_write> out: array<f32>; // [2][rows][D]
@group(0) @binding(2) var<uniform> chain: vec4u;
@group(0) @binding(3) var<uniform> step: Step;
var<private> row: array<f32, D>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = arrayLength(&rows);
  if (id.x * D >= size) { return; }
  for (var i = 0u; i < channels(); i++) { row[i] = rows[id.x * D + i]; }
  transform_forward(chain.x);
  for (var i = 0u; i < channels(); i++) { out[id.x * D + i] = row[i]; }
  transform_inverse(chain.x);
  for (var i = 0u; i < channels(); i++) { out[size + id.x * D + i] = row[i]; }
}`;
const ROWS = 65;
const SIZES = [32, 64, 96, 128];

const lengthOf = (values: Float32Array): number => Math.hypot(...values);
const eachRow = (values: Float32Array, headDim: number, work: (row: Float32Array) => void): Float32Array => {
  for (let at = 0; at < values.length; at += headDim) work(values.subarray(at, at + headDim));
  return values;
};
const worst = (a: Float32Array, b: Float32Array): number => Math.max(...a.map((x, i) => Math.abs(x - b[i])));

test.each(transforms)('$id works for some head size and names the sizes it refuses', ({ id, refuses }) => {
  const said = SIZES.map((headDim) => [headDim, refuses(headDim)] as const);
  expect(said.some(([, why]) => why === null)).toBe(true);
  for (const [headDim, why] of said)
    if (why !== null) {
      expect(why).toContain(id);
      expect(why).toContain(String(headDim));
    }
});

describe.each(SIZES)('heads of %i', (headDim) => {
  const used = transforms.filter(({ refuses }) => refuses(headDim) === null).map(({ id }) => id);
  let gpu: Gpu;
  let kernel: Kernel;

  beforeAll(async () => {
    gpu = await openGpu();
    const { transform } = cacheParts(
      ['f16'],
      used.map((id) => [id]),
    );
    const kernels = new Kernels(gpu);
    kernel = kernels.get('turn', TURN, { D: headDim }, [stepWgsl, transform]);
    await kernels.ready();
  });

  test.each(used)('%s: as defined, and back', async (id) => {
    const rows = normalArray(5, `turn${headDim}`, ROWS * headDim, 3);
    const want = eachRow(rows.slice(), headDim, referenceTransform(id).forward);
    const [forward, back] = await turn(rows, used.indexOf(id) + 1);
    expect(worst(forward, want)).toBeLessThan(2e-5);
    expect(worst(back, rows)).toBeLessThan(2e-5);
    expect(worst(eachRow(want.slice(), headDim, referenceTransform(id).inverse), rows)).toBeLessThan(2e-5);
    for (let at = 0; at < rows.length; at += headDim) {
      const [before, after] = [rows, forward].map((values) => lengthOf(values.subarray(at, at + headDim)));
      expect(Math.abs(after / before - 1)).toBeLessThan(1e-5);
    }
  });

  test('does something to a row that this size allows', async () => {
    const rows = normalArray(6, `turn${headDim}`, headDim, 1);
    const moved = used.filter(
      (id) => worst(eachRow(rows.slice(), headDim, referenceTransform(id).forward), rows) > 0.1,
    );
    expect(moved.length).toBeGreaterThan(1);
  });

  async function turn(rows: Float32Array, chain: number): Promise<[Float32Array, Float32Array]> {
    const { device } = gpu;
    const buffers = new Buffers(device);
    const bound = {
      rows: buffers.storage('rows', rows.length, 'scratch'),
      out: buffers.storage('out', 2 * rows.length, 'scratch'),
      chain: buffers.uniform('chain', 16),
      step: buffers.uniform('step', STEP_BYTES),
    };
    device.queue.writeBuffer(bound.rows, 0, rows as Float32Array<ArrayBuffer>);
    device.queue.writeBuffer(bound.chain, 0, new Uint32Array([chain, 0, 0, 0]));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(kernel.pipeline);
    pass.setBindGroup(0, kernel.bind(bound));
    pass.dispatchWorkgroups(Math.ceil(ROWS / 64));
    pass.end();
    device.queue.submit([encoder.finish()]);
    const out = new Float32Array(await readBuffer(device, bound.out));
    buffers.destroy();
    return [out.slice(0, rows.length), out.slice(rows.length)];
  }
});
