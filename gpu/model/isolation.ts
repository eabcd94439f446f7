import type { Buffers } from '../buffers';
import type { Kernels } from '../kernel';
import localErrorWgsl from '../kernels/local_error.wgsl?raw';
import type { Op } from '../kernels/op';
import { ceil } from '../kernels/op';
import sameInputWgsl from '../kernels/same_input.wgsl?raw';
import { rowsOf } from '../kernels/step';
import stepWgsl from '../kernels/step.wgsl?raw';
import type { ModelConfig } from './config';

/**
 * Isolation: each layer of each lane starts from the shadow's hidden state, so that keys, values and queries are the shadow's, and
 * whatever differs behind the cache is the work of that layer's cache alone.
 */
export class Isolation {
  readonly errors: LocalErrors | null;

  constructor(
    private readonly kernels: Kernels,
    buffers: Buffers,
    private readonly step: GPUBuffer,
    private readonly model: ModelConfig,
    /** Lanes whose errors are measured, the shadow among them; 0: none are. */
    lanes: number,
  ) {
    this.errors = lanes > 0 ? new LocalErrors(kernels, buffers, step, model, lanes) : null;
  }

  /** Rows of every stream become those of stream 0. */
  share(hidden: GPUBuffer): Op {
    const K = this.model.hidden;
    const kernel = this.kernels.get('same_input', sameInputWgsl, { K }, [stepWgsl]);
    return {
      label: 'same_input',
      kind: 'other',
      kernel,
      bindGroup: kernel.bind({ hidden, step: this.step }),
      groups: (s) => [ceil(K, 64), rowsOf(s) - s.n],
    };
  }
}

/** Squared distances of a layer's values to the shadow's, see `Frame.local`. */
class LocalErrors {
  /** [L][lanes - 1][H + 1][2] */
  readonly values: GPUBuffer;
  /** Output of the attention block before it is added to the residual stream, [lanes][hidden]. */
  readonly attended: GPUBuffer;

  constructor(
    private readonly kernels: Kernels,
    private readonly buffers: Buffers,
    private readonly step: GPUBuffer,
    private readonly model: ModelConfig,
    lanes: number,
  ) {
    const { layers, heads, hidden } = model;
    this.values = buffers.storage('local_errors', localCount(layers, lanes, heads), 'scratch');
    this.attended = buffers.storage('attended', lanes * hidden, 'scratch');
  }

  /** Of the values that each head has mixed, [lanes][H][D]. */
  ofHeads(layer: number, mixed: GPUBuffer): Op {
    const { heads, headDim } = this.model;
    return this.op(layer, mixed, { PARTS: heads, W: headDim, FIRST: 0 });
  }

  ofBlock(layer: number): Op {
    const { heads, hidden } = this.model;
    return this.op(layer, this.attended, { PARTS: 1, W: hidden, FIRST: heads });
  }

  private op(layer: number, x: GPUBuffer, shape: { PARTS: number; W: number; FIRST: number }): Op {
    const kernel = this.kernels.get('local_error', localErrorWgsl, { ...shape, H: this.model.heads }, [stepWgsl]);
    const params = this.buffers.uniform('local.params', 16);
    this.buffers.device.queue.writeBuffer(params, 0, new Uint32Array([layer, 0, 0, 0]));
    const { subgroups, adapter } = this.kernels.gpu;
    const perWorkgroup = subgroups ? 64 / adapter.subgroupMin : 64;
    return {
      label: 'local_error',
      kind: 'measure',
      kernel,
      bindGroup: kernel.bind({ x, errors: this.values, step: this.step, params }),
      groups: (s) => [ceil((s.lanes - 1) * shape.PARTS, perWorkgroup)],
    };
  }
}

/** Numbers in `Frame.local`. */
export const localCount = (layers: number, lanes: number, heads: number): number =>
  layers * (lanes - 1) * (heads + 1) * 2;
