import type { Gpu } from './device';
import { KvError } from './errors';
import type { Consts } from './template';
import { constLines, expand } from './template';

/** A compiled kernel. WGSL owns the layout: bindings are given by the names they have in the text. */
export interface Kernel {
  label: string;
  pipeline: GPUComputePipeline;
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

/** Compiles kernels once per (text); compile errors name the line. */
export class Kernels {
  /** By what their text is made of: expanding it is slow, and every layer of every run asks. */
  private readonly made = new Map<string, Promise<Kernel>>();
  private readonly ids = new Map<string, number>();
  onProgress: (done: number, total: number) => void = () => {};
  private done = 0;

  constructor(readonly gpu: Gpu) {}

  get(label: string, source: string, consts: Consts = {}, parts: string[] = []): Promise<Kernel> {
    const key = JSON.stringify([this.idOf(source), parts.map((part) => this.idOf(part)), consts]);
    let kernel = this.made.get(key);
    if (!kernel) {
      kernel = this.compile(label, kernelText(this.gpu, source, consts, parts));
      this.made.set(key, kernel);
      kernel.then(
        () => this.onProgress(++this.done, this.made.size),
        () => this.made.delete(key),
      );
    }
    return kernel;
  }

  private idOf(text: string): number {
    const id = this.ids.get(text) ?? this.ids.size;
    this.ids.set(text, id);
    return id;
  }

  private async compile(label: string, code: string): Promise<Kernel> {
    const { device } = this.gpu;
    const module = device.createShaderModule({ label, code });
    const errors = (await module.getCompilationInfo()).messages.filter((m) => m.type === 'error');
    if (errors.length) {
      const lines = code.split('\n');
      const text = errors.map((m) => `${label}:${m.lineNum} ${m.message} | ${lines[m.lineNum - 1]}`).join('\n');
      throw new KvError('internal', `Kernel ${label} does not compile.`, text, 'Please report this with your adapter.');
    }
    const bindings = bindingsOf(code);
    const layout = device.createBindGroupLayout({
      label,
      entries: bindings.map((b) => ({
        binding: b.index,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: b.type },
      })),
    });
    const pipeline = await device.createComputePipelineAsync({
      label,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: 'main' },
    });
    return {
      label,
      pipeline,
      bind: (buffers) => {
        const entries = bindings.map((b) => {
          const buffer = buffers[b.name];
          if (!buffer) throw new KvError('internal', `Kernel ${label}: no buffer for ${b.name}`);
          return { binding: b.index, resource: { buffer } };
        });
        return device.createBindGroup({ label, layout, entries });
      },
    };
  }
}
