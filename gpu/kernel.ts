import type { Gpu } from './device';
import { KvError } from './errors';
import { orCancelled } from './load/cancel';
import type { Consts } from './template';
import { constLines, expand } from './template';

/** A kernel, compiled or on the way. WGSL owns the layout: bindings are given by the names they have in the text. */
export interface Kernel {
  label: string;
  /** There once `Kernels.ready` has resolved. */
  readonly pipeline: GPUComputePipeline;
  bind(buffers: Record<string, GPUBuffer>): GPUBindGroup;
}

interface Binding {
  index: number;
  name: string;
  type: GPUBufferBindingType;
}

const BINDING = /@group\(0\)\s*@binding\((\d+)\)\s*var<\s*(uniform|storage)\s*(?:,\s*(read_write|read))?\s*>\s*(\w+)/g;

function bindingsOf(code: string): Binding[] {
  return [...code.matchAll(BINDING)].map(([, index, space, access, name]) => ({
    index: Number(index),
    name,
    type: space === 'uniform' ? 'uniform' : access === 'read_write' ? 'storage' : 'read-only-storage',
  }));
}

/** One subgroup per unit of work, or one thread where the adapter has no subgroups: the same text serves both. */
const SUBGROUPS = `enable subgroups;
diagnostic(off, subgroup_uniformity);
fn sg_add(x: f32) -> f32 { return subgroupAdd(x); }
fn sg_max(x: f32) -> f32 { return subgroupMax(x); }
fn sg_min_u(x: u32) -> u32 { return subgroupMin(x); }
`;
const NO_SUBGROUPS = `fn sg_add(x: f32) -> f32 { return x; }
fn sg_max(x: f32) -> f32 { return x; }
fn sg_min_u(x: u32) -> u32 { return x; }
`;
const ARGS = ', @builtin(subgroup_size) sg_size: u32, @builtin(subgroup_invocation_id) sg_lane: u32';

/** Full WGSL text of a kernel: prelude, constants, spliced parts, host. `SUBGROUP_ARGS` in `main` becomes the builtins. */
export function kernelText(gpu: Pick<Gpu, 'subgroups'>, source: string, consts: Consts, parts: string[] = []): string {
  const all = { ...consts, SUBGROUPS: gpu.subgroups };
  const uses = source.includes('SUBGROUP_ARGS');
  const prelude = uses ? (gpu.subgroups ? SUBGROUPS : NO_SUBGROUPS) : '';
  const body = expand([...parts, source].join('\n'), all)
    .replace('SUBGROUP_ARGS', gpu.subgroups ? ARGS : '')
    .replace('SUBGROUP_LET', gpu.subgroups ? '' : 'let sg_size = 1u; let sg_lane = 0u;');
  return `${prelude}${constLines(all)}\n${body}`;
}

/** Compiles kernels once per (text), all that are asked for side by side; compile errors name the line. */
export class Kernels {
  /** By what their text is made of: expanding it is slow, and every layer of every run asks. */
  private readonly made = new Map<string, Kernel>();
  private readonly compiling = new Set<Promise<void>>();
  private readonly ids = new Map<string, number>();
  onProgress: (done: number, total: number) => void = () => {};
  private done = 0;

  constructor(readonly gpu: Gpu) {}

  /** A kernel to prepare ops with; it runs from the next `ready` on. */
  get(label: string, source: string, consts: Consts = {}, parts: string[] = []): Kernel {
    const key = JSON.stringify([this.idOf(source), parts.map((part) => this.idOf(part)), consts]);
    const known = this.made.get(key);
    if (known) return known;
    const { kernel, compiled } = compile(this.gpu.device, label, kernelText(this.gpu, source, consts, parts));
    this.made.set(key, kernel);
    this.compiling.add(compiled);
    compiled.then(
      () => this.onProgress(++this.done, this.made.size),
      () => this.made.delete(key),
    );
    return kernel;
  }

  /**
   * Resolves when all kernels asked for so far can run. Errors: internal, with the line that does not compile; cancelled, and then
   * they go on compiling.
   */
  async ready(signal?: AbortSignal): Promise<void> {
    const waited = [...this.compiling];
    const ends = await orCancelled(Promise.allSettled(waited), signal);
    for (const compiled of waited) this.compiling.delete(compiled);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  private idOf(text: string): number {
    const id = this.ids.get(text) ?? this.ids.size;
    this.ids.set(text, id);
    return id;
  }
}

/** The kernel at once, for what it binds is in its text, and a promise of its pipeline. */
function compile(device: GPUDevice, label: string, code: string): { kernel: Kernel; compiled: Promise<void> } {
  const bindings = bindingsOf(code);
  const layout = device.createBindGroupLayout({
    label,
    entries: bindings.map((b) => ({
      binding: b.index,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: b.type },
    })),
  });
  let pipeline: GPUComputePipeline | null = null;
  const kernel: Kernel = {
    label,
    get pipeline() {
      if (!pipeline) throw new KvError('internal', `Kernel ${label} is asked to run before it is compiled.`);
      return pipeline;
    },
    bind: (buffers) => {
      const entries = bindings.map((b) => {
        const buffer = buffers[b.name];
        if (!buffer) throw new KvError('internal', `Kernel ${label}: no buffer for ${b.name}`);
        return { binding: b.index, resource: { buffer } };
      });
      return device.createBindGroup({ label, layout, entries });
    },
  };
  const make = async () => {
    pipeline = await device.createComputePipelineAsync({
      label,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: await shaderModule(device, label, code), entryPoint: 'main' },
    });
  };
  return { kernel, compiled: make() };
}

async function shaderModule(device: GPUDevice, label: string, code: string): Promise<GPUShaderModule> {
  const module = device.createShaderModule({ label, code });
  const errors = (await module.getCompilationInfo()).messages.filter((m) => m.type === 'error');
  if (errors.length) {
    const lines = code.split('\n');
    const text = errors.map((m) => `${label}:${m.lineNum} ${m.message} | ${lines[m.lineNum - 1]}`).join('\n');
    throw new KvError('internal', `Kernel ${label} does not compile.`, text, 'Please report this with your adapter.');
  }
  return module;
}
