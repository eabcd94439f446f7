import { beforeAll, expect, test } from 'vitest';
import { openGpu } from '../../../gpu/device';
import half from '../../../gpu/kernels/half.wgsl?raw';
import { F16_VALUES, f16FromF32Bits } from '../../../gpu/load/f16';
import { Bench } from './bench';

const SOURCE = /* wgsl */ `
@group(0) @binding(0) var<storage, read> input: array<u32>;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= arrayLength(&output)) { return; }
  let x = bitcast<f32>(input[id.x]);
  output[id.x] = to_halves(x, from_half(input[id.x] & 0xffffu));
}`;
let bench: Bench;

beforeAll(async () => {
  bench = new Bench(await openGpu());
});

/** (half of the f32 with these bits) | (half of the value of the low 16 bits, there and back) << 16. */
async function convert(input: Uint32Array): Promise<Uint32Array> {
  const output = bench.put(new Uint32Array(input.length));
  await bench.run([bench.op(SOURCE, {}, [half], { input: bench.put(input), output }, [Math.ceil(input.length / 64)])]);
  return bench.words(output);
}

test('every half comes back as itself', async () => {
  const finite = Uint32Array.from(F16_VALUES.keys()).filter((bits) => Number.isFinite(F16_VALUES[bits]));
  const out = await convert(finite);
  expect(finite.filter((bits, i) => out[i] >>> 16 !== bits)).toHaveLength(0);
});

test('rounds as f16.ts does: every exponent, both signs, at, below and above every kind of tie', async () => {
  const fractions = [
    0, 1, 0xfff, 0x1000, 0x1001, 0x1fff, 0x2000, 0x2fff, 0x3000, 0x3001, 0x7fefff, 0x7ff000, 0x7ff001, 0x7fffff,
  ];
  const spread = Array.from({ length: 150 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 9);
  // f32 subnormals (exponent 0) may be flushed by a GPU; they round to a zero either way.
  const input = Uint32Array.from({ length: 254 }, (_, e) => e + 1).reduce<number[]>((all, exponent) => {
    for (const fraction of [...fractions, ...spread]) {
      const bits = (exponent << 23) | fraction;
      all.push(bits, (bits | 0x80000000) >>> 0);
    }
    return all;
  }, []);
  const out = await convert(Uint32Array.from(input));
  const wrong = input.filter((bits, i) => (out[i] & 0xffff) !== f16FromF32Bits(bits));
  expect(wrong.map((bits) => bits.toString(16))).toEqual([]);
});
