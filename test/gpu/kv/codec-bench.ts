import { Buffers } from '../../../gpu/buffers';
import type { Gpu } from '../../../gpu/device';
import type { Kernel } from '../../../gpu/kernel';
import { Kernels } from '../../../gpu/kernel';
import columnsWgsl from '../../../gpu/kernels/columns.wgsl?raw';
import encodeWgsl from '../../../gpu/kernels/encode.wgsl?raw';
import groupsWgsl from '../../../gpu/kernels/groups.wgsl?raw';
import loadRowWgsl from '../../../gpu/kernels/load_row.wgsl?raw';
import { STEP_BYTES, stepWords } from '../../../gpu/kernels/step';
import stepWgsl from '../../../gpu/kernels/step.wgsl?raw';
import surveyWgsl from '../../../gpu/kernels/survey.wgsl?raw';
import surveySettleWgsl from '../../../gpu/kernels/survey_settle.wgsl?raw';
import type { CacheClass, LayerClass } from '../../../gpu/kv/arena';
import { Arena } from '../../../gpu/kv/arena';
import type { Side } from '../../../gpu/kv/config';
import { codecOf } from '../../../gpu/kv/registry';
import { cacheParts } from '../../../gpu/kv/shader';
import { packF16 } from '../../../gpu/load/f16';
import { readBuffer } from '../read-buffer';
import { step } from '../step';

/** Every octet of every row of a class, through the switch that attention reads with. */
const DECODE = /* wgsl */ `
@group(0) @binding(0) var<storage, read> codes: array<u32>;
@group(0) @binding(1) var<storage, read> scales: array<u32>;
@group(0) @binding(2) var<storage, read> classes: array<Class>;
@group(0) @binding(3) var<storage, read_write> out: array<vec4f>; // [classes][rows][HK][D/4]
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let octets = arrayLength(&out) / 4u;
  if (id.x >= octets) { return; }
  let o = id.x % (D / 8u);
  let row = id.x / (D / 8u);
  let value = cache_octet(classes[id.y], row / HK, row % HK, o);
  out[2u * (id.y * octets + id.x)] = value.lo;
  out[2u * (id.y * octets + id.x) + 1u] = value.hi;
}`;
export const SENTINEL = 0xabad1dea;
const SPARE = 64;
/** An op whose source is a cached row of class 0. */
const CACHED = 0x80000000;

export interface Coded {
  class: LayerClass;
  /** The words of the class; SENTINEL where nothing was written. */
  codes: Uint32Array;
  scales: Uint32Array;
  /** What the words before and after both classes hold. */
  around: number[];
  /** What the codec has learned from the rows, for both classes; undefined where it learns nothing. */
  header: Uint32Array | undefined;
  /** [tokens][HK][D] */
  decoded: Float32Array;
  /** What `decoded` reads as when it is coded into a second class, from the first. */
  again: Float32Array;
}

/** Survey (where the codec has one), encoder and reader of the cache for one codec and heads of D channels. */
export class CodecBench {
  static async open(gpu: Gpu, id: string, headDim: number, kvHeads: number, f32Rows = false): Promise<CodecBench> {
    const kernels = new Kernels(gpu);
    const parts = cacheParts([id], []);
    const consts = { D: headDim, HK: kvHeads, H: kvHeads, TRANSFORM: false, F32_ROWS: f32Rows, OPS: 2 };
    const row = [stepWgsl, parts.read, parts.half, parts.fresh, loadRowWgsl];
    const { prompt } = parts.survey;
    const made = [
      ...(prompt === ''
        ? []
        : [
            kernels.get('survey', surveyWgsl, consts, [...row, prompt]),
            kernels.get('survey_settle', surveySettleWgsl, consts, [
              stepWgsl,
              parts.read,
              parts.half,
              parts.settle.prompt,
            ]),
          ]),
      ...(parts.columns === '' ? [] : [kernels.get('columns', columnsWgsl, consts, [...row, parts.columns])]),
      ...(parts.groups === '' ? [] : [kernels.get('groups', groupsWgsl, consts, [...row, parts.groups])]),
      kernels.get('encode', encodeWgsl, consts, [...row, parts.write]),
      kernels.get('decode', DECODE, consts, [parts.read]),
    ];
    await kernels.ready();
    return new CodecBench(gpu.device, headDim, kvHeads, f32Rows, made, parts.found);
  }

  private constructor(
    private readonly device: GPUDevice,
    private readonly headDim: number,
    private readonly kvHeads: number,
    private readonly f32Rows: boolean,
    private readonly kernels: readonly Kernel[],
    private readonly found: number,
  ) {}

  /** rows [tokens][HK][D] into a class of their own and back, and once more. Only whole blocks of tokens are coded. */
  async through(side: Side, rows: Float32Array): Promise<Coded> {
    const { headDim, kvHeads } = this;
    const tokens = rows.length / headDim / kvHeads;
    const arena = new Arena([{ codes: SPARE, scales: SPARE }], kvHeads, headDim);
    const made = [0, 1].map(() => arena.add(() => side, tokens));
    const owned = arena.words(0);
    const block = made[0].layers[0].layout.blockTokens;
    const count = tokens - (tokens % block);
    const buffers = new Buffers(this.device);
    const write = (words: Uint32Array | Float32Array, label: string) => {
      const buffer = buffers.storage(label, Math.max(words.length, 1), 'scratch');
      this.device.queue.writeBuffer(buffer, 0, words as Uint32Array<ArrayBuffer>);
      return buffer;
    };
    const uniform = (words: Uint32Array<ArrayBuffer>, label: string, bytes: number) => {
      const buffer = buffers.uniform(label, bytes);
      this.device.queue.writeBuffer(buffer, 0, words);
      return buffer;
    };
    const filled = (words: number) => new Uint32Array(words + 2 * SPARE).fill(SENTINEL);
    const header = codecOf(side.codec).learn?.header(rows, { heads: kvHeads, headDim, skip: 0 }, side);
    const firstScales = filled(owned.scales);
    if (header) for (const { layers } of made) firstScales.set(header, layers[0].header);
    const ops = (source: number, to: number) =>
      write(
        Uint32Array.from({ length: 2 * tokens }, (_, i) => ((i % 2 === 0 ? source : to) | (i >> 1)) >>> 0),
        'ops',
      );
    const now = step({ cap: tokens, freshRows: tokens, ops: [{ start: 0, count, layerStride: 0, headStride: 0 }] });
    const bound = {
      fresh: write(this.f32Rows ? rows : packF16(rows), 'fresh'),
      codes: write(filled(owned.codes), 'codes'),
      scales: write(firstScales, 'scales'),
      classes: write(arena.table(0), 'classes'),
      rows_found: buffers.storage('rows_found', Math.max(1, tokens * 2 * kvHeads * this.found), 'scratch'),
      out: buffers.storage('out', 2 * rows.length, 'scratch'),
      params: uniform(new Uint32Array([0, headDim, 0, 0]), 'params', 16),
      step: uniform(stepWords(now), 'step', STEP_BYTES),
    };
    const encoder = this.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    const run = (kernel: Kernel, ops: GPUBuffer) => {
      const isRead = kernel.label === 'decode';
      pass.setPipeline(kernel.pipeline);
      pass.setBindGroup(0, kernel.bind({ ...bound, ops }));
      if (kernel.label === 'survey_settle') pass.dispatchWorkgroups(1);
      else if (kernel.label === 'columns' || kernel.label === 'groups')
        pass.dispatchWorkgroups(Math.ceil((kvHeads * headDim) / 64));
      else pass.dispatchWorkgroups(Math.ceil((isRead ? rows.length / 8 : count * kvHeads) / 64), isRead ? 2 : 1);
    };
    for (const op of [ops(0, 0), ops(CACHED, 1 << 28)])
      for (const kernel of this.kernels.filter(({ label }) => label !== 'decode')) if (count > 0) run(kernel, op);
    run(this.kernels.find(({ label }) => label === 'decode') as Kernel, bound.out);
    pass.end();
    this.device.queue.submit([encoder.finish()]);
    const [codes, scales, out] = (
      await Promise.all([bound.codes, bound.scales, bound.out].map((buffer) => readBuffer(this.device, buffer)))
    ).map((bytes) => new Uint32Array(bytes));
    buffers.destroy();
    const ends = { codes: SPARE + owned.codes, scales: SPARE + owned.scales };
    const values = new Float32Array(out.buffer);
    return {
      class: made[0].layers[0],
      header,
      ...wordsOf(made, codes, scales),
      around: [
        ...[codes, scales].flatMap((all) => [...all.subarray(0, SPARE)]),
        ...codes.subarray(ends.codes),
        ...scales.subarray(ends.scales),
      ],
      decoded: values.slice(0, count * kvHeads * headDim),
      again: values.slice(rows.length, rows.length + count * kvHeads * headDim),
    };
  }
}

/** The words of the first of two classes. */
function wordsOf([first, second]: CacheClass[], codes: Uint32Array, scales: Uint32Array) {
  const [from, to] = [first.layers[0], second.layers[0]];
  return { codes: codes.slice(from.codeBase, to.codeBase), scales: scales.slice(from.header, to.header) };
}
