import type { Buffers } from '../buffers';
import type { Kernels } from '../kernel';
import type { Matrix, MatrixPart } from '../model/matrix';
import embedWgsl from './embed.wgsl?raw';
import matmulWgsl from './matmul.wgsl?raw';
import matmulRowsWgsl from './matmul_rows.wgsl?raw';
import octet from './octet.wgsl?raw';
import type { Op } from './op';
import { ceil } from './op';
import { rowsOf } from './step';
import stepWgsl from './step.wgsl?raw';
import f16Wgsl from './weights_f16.wgsl?raw';
import q4Wgsl from './weights_q4.wgsl?raw';
import q8Wgsl from './weights_q8.wgsl?raw';

const READERS = { q4: q4Wgsl, q8: q8Wgsl, f16: f16Wgsl };
/** Weight rows per subgroup, and register tile of the prefill kernel (weights x activations), chosen by measurement. */
const ROWS = 4;
const TILE = { n: 8, m: 4 };

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
  decode(w: Matrix, x: GPUBuffer, y: GPUBuffer, rows: number, epilogue: Epilogue = 'plain'): Promise<Op[]> {
    const gated = epilogue === 'gated';
    const perGroup = gated ? ROWS / 2 : ROWS;
    const { subgroups, adapter } = this.kernels.gpu;
    const perWorkgroup = (subgroups ? 64 / adapter.subgroupMin : 64) * perGroup;
    return this.eachPart(w, async (part) => {
      const partRows = gated ? part.rows / 2 : part.rows;
      const kernel = await this.kernels.get(
        `matmul.${w.name}`,
        matmulWgsl,
        {
          ...this.consts(w, part, epilogue),
          R: ROWS,
          M: rows,
          PER_GROUP: perGroup,
          HAS_MIN: part.format === 'q4',
          GATED: gated,
        },
        [octet, READERS[part.format]],
      );
      const groups = Math.min(65535, ceil(partRows, perWorkgroup));
      return {
        label: w.name,
        kind: 'matmul' as const,
        kernel,
        bindGroup: kernel.bind(this.bindings(w, part, partRows, gated ? w.rows / 2 : w.rows, { x, y })),
        groups: () => [groups],
      };
    });
  }

  /** y[r, :] for the rows of a prefill piece; `add` writes the long rows of the residual stream. */
  rows(w: Matrix, x: GPUBuffer, y: GPUBuffer, epilogue: 'plain' | 'add' = 'plain'): Promise<Op[]> {
    return this.eachPart(w, async (part) => {
      const kernel = await this.kernels.get(
        `matmul_rows.${w.name}`,
        matmulRowsWgsl,
        { ...this.consts(w, part, epilogue), TN: TILE.n, TM: TILE.m },
        [octet, stepWgsl, READERS[part.format]],
      );
      return {
        label: w.name,
        kind: 'matmul' as const,
        kernel,
        bindGroup: kernel.bind(this.bindings(w, part, part.rows, w.rows, { x, y })),
        groups: (s) => [ceil(part.rows, TILE.n * 32), ceil(rowsOf(s), TILE.m)],
      };
    });
  }

  /** hidden[long row, :] = embedding row of tokens[long row]. */
  embed(w: Matrix, tokens: GPUBuffer, hidden: GPUBuffer): Promise<Op[]> {
    return this.eachPart(w, async (part) => {
      const consts = { K: w.cols, F32_META: part.f32Meta };
      const kernel = await this.kernels.get('embed', embedWgsl, consts, [octet, stepWgsl, READERS[part.format]]);
      return {
        label: 'embed',
        kind: 'other' as const,
        kernel,
        bindGroup: kernel.bind(this.bindings(w, part, part.rows, w.rows, { tokens, hidden })),
        groups: (s) => [ceil(w.cols / 8, 64), rowsOf(s)],
      };
    });
  }

  private eachPart(w: Matrix, make: (part: MatrixPart) => Promise<Op>): Promise<Op[]> {
    return Promise.all(w.parts.map(make));
  }

  private consts(w: Matrix, part: MatrixPart, epilogue: Epilogue) {
    return { K: w.cols, F32_META: part.f32Meta, ADD: epilogue === 'add', BIAS: w.bias !== null };
  }

  private bindings(w: Matrix, part: MatrixPart, partRows: number, yStride: number, io: Record<string, GPUBuffer>) {
    const params = this.buffers.uniform(`${w.name}.params`, 16);
    this.buffers.device.queue.writeBuffer(params, 0, new Uint32Array([part.row0, partRows, yStride, 0]));
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
