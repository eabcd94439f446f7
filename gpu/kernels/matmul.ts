import type { Buffers } from '../buffers';
import type { Kernel, Kernels } from '../kernel';
import type { Matrix, MatrixPart } from '../model/matrix';
import embedWgsl from './embed.wgsl?raw';
import matmulWgsl from './matmul.wgsl?raw';
import matmulRowsWgsl from './matmul_rows.wgsl?raw';
import matmulSharedWgsl from './matmul_shared.wgsl?raw';
import octet from './octet.wgsl?raw';
import type { Op } from './op';
import { ceil } from './op';
import { rowsOf } from './step';
import stepWgsl from './step.wgsl?raw';
import f16Wgsl from './weights_f16.wgsl?raw';
import q4Wgsl from './weights_q4.wgsl?raw';
import q8Wgsl from './weights_q8.wgsl?raw';

const READERS = { q4: q4Wgsl, q8: q8Wgsl, f16: f16Wgsl };
/** Weight rows of a decode step per subgroup, or per thread; register tiles of a prefill piece (weights x activations). By measurement. */
const ROWS = 4;
const TILE = { n: 8, m: 4 };
const SHARED_TILE = { n: 4, m: 8 };
/** Threads per workgroup on a CPU: few, so that its cores get equal shares. */
const CPU_THREADS = 8;
/** Quads of a block: what threads may share out among each other. */
const QUADS = 8;

/** plain: y = W x (+ bias); add: y += W x; gated: y = silu(W_gate x) * (W_up x), gate rows above up rows. */
export type Epilogue = 'plain' | 'add' | 'gated';

/** Matrix products, one op per part of the matrix. */
export class Matmul {
  constructor(
    private readonly kernels: Kernels,
    private readonly buffers: Buffers,
    private readonly step: GPUBuffer,
  ) {}

  /** y[m, :] for the M rows of a decode step; x [M][cols], y [M][stride]. */
  decode(w: Matrix, x: GPUBuffer, y: GPUBuffer, rows: number, epilogue: Epilogue = 'plain'): Op[] {
    const { rowPerThread, subgroups, adapter } = this.kernels.gpu;
    if (rowPerThread) return this.shared(w, x, y, { n: ROWS, m: rows }, epilogue);
    const gated = epilogue === 'gated';
    const perGroup = gated ? ROWS / 2 : ROWS;
    const perWorkgroup = (subgroups ? 64 / adapter.subgroupMin : 64) * perGroup;
    return this.eachPart(w, (part) => {
      const partRows = gated ? part.rows / 2 : part.rows;
      const own = { R: ROWS, M: rows, PER_GROUP: perGroup, HAS_MIN: part.format === 'q4' };
      const consts = { ...this.consts(w, part, epilogue), ...own };
      const kernel = this.kernels.get(`matmul.${w.name}`, matmulWgsl, consts, [octet, READERS[part.format]]);
      const groups = Math.min(65535, ceil(partRows, perWorkgroup));
      return this.op(w, part, kernel, { x, y }, epilogue, () => [groups]);
    });
  }

  /** y[r, :] for the rows of a prefill piece; `add` writes the long rows of the residual stream. */
  rows(w: Matrix, x: GPUBuffer, y: GPUBuffer, epilogue: Exclude<Epilogue, 'gated'> = 'plain'): Op[] {
    if (this.kernels.gpu.rowPerThread) return this.shared(w, x, y, SHARED_TILE, epilogue);
    return this.eachPart(w, (part) => {
      const consts = { ...this.consts(w, part, epilogue), TN: TILE.n, TM: TILE.m };
      const parts = [octet, stepWgsl, READERS[part.format]];
      const kernel = this.kernels.get(`matmul_rows.${w.name}`, matmulRowsWgsl, consts, parts);
      const groups: Op['groups'] = (s) => [ceil(part.rows, TILE.n * 32), ceil(rowsOf(s), TILE.m)];
      return this.op(w, part, kernel, { x, y }, epilogue, groups);
    });
  }

  /** Either of the two on a CPU adapter: `tile` = weight rows x activation rows of a thread. */
  private shared(w: Matrix, x: GPUBuffer, y: GPUBuffer, tile: typeof TILE, epilogue: Epilogue): Op[] {
    const share = this.kernels.gpu.adapter.subgroupMin;
    const perThread = epilogue === 'gated' ? tile.n / 2 : tile.n;
    return this.eachPart(w, (part) => {
      const partRows = epilogue === 'gated' ? part.rows / 2 : part.rows;
      const consts = {
        ...epilogueConsts(w, part, epilogue),
        PLAIN: epilogue === 'plain',
        BLOCKS: true,
        TN: tile.n,
        TM: tile.m,
        PER_THREAD: perThread,
        WG: CPU_THREADS,
        SHARE: share,
        LOADS: QUADS / share,
      };
      const parts = [stepWgsl, READERS[part.format]];
      const kernel = this.kernels.get(`matmul_shared.${w.name}`, matmulSharedWgsl, consts, parts);
      const groups: Op['groups'] = (s) => [ceil(partRows, perThread * CPU_THREADS), ceil(rowsOf(s), tile.m)];
      return this.op(w, part, kernel, { x, y }, epilogue, groups);
    });
  }

  /** hidden[long row, :] = embedding row of tokens[long row]. */
  embed(w: Matrix, tokens: GPUBuffer, hidden: GPUBuffer): Op[] {
    return this.eachPart(w, (part) => {
      const consts = { K: w.cols, F32_META: part.f32Meta, BLOCKS: false };
      const kernel = this.kernels.get('embed', embedWgsl, consts, [octet, stepWgsl, READERS[part.format]]);
      return {
        label: 'embed',
        kind: 'other' as const,
        kernel,
        bindGroup: kernel.bind(this.bindings(w, part, part.rows, w.rows, { tokens, hidden })),
        groups: (s) => [ceil(w.cols / 8, 64), rowsOf(s)],
      };
    });
  }

  private eachPart(w: Matrix, make: (part: MatrixPart) => Op): Op[] {
    return w.parts.map(make);
  }

  private consts(w: Matrix, part: MatrixPart, epilogue: Epilogue) {
    return { K: w.cols, BLOCKS: false, ...epilogueConsts(w, part, epilogue) };
  }

  private op(
    w: Matrix,
    part: MatrixPart,
    kernel: Kernel,
    io: Record<string, GPUBuffer>,
    epilogue: Epilogue,
    groups: Op['groups'],
  ): Op {
    const share = epilogue === 'gated' ? 2 : 1;
    const bindGroup = kernel.bind(this.bindings(w, part, part.rows / share, w.rows / share, io));
    return { label: w.name, kind: 'matmul', kernel, bindGroup, groups };
  }

  private bindings(w: Matrix, part: MatrixPart, partRows: number, yStride: number, io: Record<string, GPUBuffer>) {
    const params = this.buffers.uniform(`${w.name}.params`, 16);
    this.buffers.device.queue.writeBuffer(params, 0, new Uint32Array([part.row0, partRows, yStride, w.cols / 32]));
    return {
      w_codes: part.codes,
      ...(part.scales ? { w_scales: part.scales } : {}),
      ...(w.bias ? { bias: w.bias } : {}),
      params,
      step: this.step,
      ...io,
    };
  }
}

/** What the text of a kernel depends on besides its tile. Kernels by blocks leave the number of columns to `params`: fewer texts. */
const epilogueConsts = (w: Matrix, part: MatrixPart, epilogue: Epilogue) => ({
  F32_META: part.f32Meta,
  ADD: epilogue === 'add',
  GATED: epilogue === 'gated',
  BIAS: w.bias !== null,
});
