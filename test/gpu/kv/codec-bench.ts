import { Buffers } from '../../../gpu/buffers';
import type { Gpu } from '../../../gpu/device';
import type { Kernel } from '../../../gpu/kernel';
import { Kernels } from '../../../gpu/kernel';
import encodeWgsl from '../../../gpu/kernels/encode.wgsl?raw';
import loadRowWgsl from '../../../gpu/kernels/load_row.wgsl?raw';
import { STEP_BYTES, stepWords } from '../../../gpu/kernels/step';
import stepWgsl from '../../../gpu/kernels/step.wgsl?raw';
import type { LayerClass } from '../../../gpu/kv/arena';
import { Arena } from '../../../gpu/kv/arena';
import type { Side } from '../../../gpu/kv/config';
import { cacheParts } from '../../../gpu/kv/shader';
import { packF16 } from '../../../gpu/load/f16';
import { readBuffer } from '../read-buffer';
import { step } from '../step';

/** Every octet of every row of class 0, through the switch that attention reads with. */
const DECODE = /* wgsl */ `
@group(0) @binding(0) var<storage, read> codes: array<u32>;
@group(0) @binding(1) var<storage, read> scales: array<u32>;
@group(0) @binding(2) var<storage, read> classes: array<Class>;
@group(0) @binding(3) var<storage, read_write> out: array<vec4f>; // [rows][HK][D/4]
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (2u * id.x >= arrayLength(&out)) { return; }
  let o = id.x % (D / 8u);
  let row = id.x / (D / 8u);
  let value = cache_octet(classes[0], row / HK, row % HK, o);
  out[2u * id.x] = value.lo;
  out[2u * id.x + 1u] = value.hi;
}`;
export const SENTINEL = 0xabad1dea;
const SPARE = 64;

export interface Coded {
  class: LayerClass;
  codes: Uint32Array;
  scales: Uint32Array;
  /** What the words before and after the class hold. */
  around: number[];
  /** [tokens][HK][D] */
  decoded: Float32Array;
}

/** The encoder and the reader of the cache for heads of D channels, on rows of its own. */
export class CodecBench {
  static async open(
    gpu: Gpu,
    headDim: number,
    kvHeads: number,
    f32Rows = false,
    ids = ['f16', 'f32', 'uniform'],
  ): Promise<CodecBench> {
    const kernels = new Kernels(gpu);
    const parts = cacheParts(f32Rows ? ids : ids.filter((id) => id !== 'f32'), []);
    const consts = { D: headDim, HK: kvHeads, H: kvHeads, TRANSFORM: false, F32_ROWS: f32Rows };
    const encode = await kernels.get('encode', encodeWgsl, consts, [
      stepWgsl,
      parts.read,
      parts.half,
      parts.fresh,
      loadRowWgsl,
      parts.write,
    ]);
    const decode = await kernels.get('decode', DECODE, consts, [parts.read]);
    return new CodecBench(gpu.device, headDim, kvHeads, f32Rows, encode, decode);
  }

  private constructor(
    private readonly device: GPUDevice,
    private readonly headDim: number,
    private readonly kvHeads: number,
    private readonly f32Rows: boolean,
    private readonly encode: Kernel,
    private readonly decode: Kernel,
  ) {}

  /** rows [tokens][HK][D] into a class of their own and back. */
  async through(side: Side, rows: Float32Array): Promise<Coded> {
    const tokens = rows.length / this.headDim / this.kvHeads;
    const arena = new Arena([{ codes: SPARE, scales: SPARE }], this.kvHeads, this.headDim);
    const made = arena.add(() => side, tokens);
    const owned = arena.words(0);
    const buffers = new Buffers(this.device);
    const write = (words: Uint32Array | Float32Array, label: string) => {
      const buffer = buffers.storage(label, words.length, 'scratch');
      this.device.queue.writeBuffer(buffer, 0, words as Uint32Array<ArrayBuffer>);
      return buffer;
    };
    const filled = (words: number) => new Uint32Array(words + 2 * SPARE).fill(SENTINEL);
    const ops = Uint32Array.from({ length: tokens * 2 }, (_, i) => i >> 1);
    const params = buffers.uniform('params', 16);
    const uniform = buffers.uniform('step', STEP_BYTES);
    this.device.queue.writeBuffer(params, 0, new Uint32Array([0, this.headDim, 0, 0]));
    const now = step({ cap: tokens, freshRows: tokens, ops: [{ start: 0, count: tokens }] });
    this.device.queue.writeBuffer(uniform, 0, stepWords(now));
    const bound = {
      fresh: write(this.f32Rows ? rows : packF16(rows), 'fresh'),
      codes: write(filled(owned.codes), 'codes'),
      scales: write(filled(owned.scales), 'scales'),
      classes: write(arena.table(0), 'classes'),
      ops: write(ops, 'ops'),
      out: buffers.storage('out', rows.length, 'scratch'),
      params,
      step: uniform,
    };
    const encoder = this.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const [kernel, threads] of [
      [this.encode, tokens * this.kvHeads],
      [this.decode, rows.length / 8],
    ] as const) {
      pass.setPipeline(kernel.pipeline);
      pass.setBindGroup(0, kernel.bind(bound));
      pass.dispatchWorkgroups(Math.ceil(threads / 64));
    }
    pass.end();
    this.device.queue.submit([encoder.finish()]);
    const [codes, scales, decoded] = await Promise.all(
      [bound.codes, bound.scales, bound.out].map((buffer) => readBuffer(this.device, buffer)),
    );
    buffers.destroy();
    const words = [new Uint32Array(codes), new Uint32Array(scales)];
    const ends = [owned.codes, owned.scales].map((count) => SPARE + count);
    return {
      class: made.layers[0],
      codes: words[0].slice(SPARE, ends[0]),
      scales: words[1].slice(SPARE, ends[1]),
      around: words.flatMap((all, i) => [...all.slice(0, SPARE), ...all.slice(ends[i], ends[i] + SPARE)]),
      decoded: new Float32Array(decoded),
    };
  }
}
