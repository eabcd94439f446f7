import { KvError } from './errors';
import type { AdapterSummary } from './run-types';

/** An open device with what the kernels must know of it. */
export interface Gpu {
  device: GPUDevice;
  adapter: AdapterSummary;
  /** Subgroups are there and are used. */
  subgroups: boolean;
  /** Matrix products go by `matmul_shared.wgsl`: on a CPU with one known subgroup size of at most 8. */
  rowPerThread: boolean;
  timestamps: boolean;
  /** Resolves when the device is gone, with the typed reason. */
  lost: Promise<KvError>;
}

export interface OpenOptions {
  /** Take the path without subgroups although the adapter has them (tests). */
  withoutSubgroups?: boolean;
  /** False: multiply as real GPUs do although the adapter is a CPU (tests). */
  rowPerThread?: boolean;
  gpu?: GPU;
}

const WANTED = ['subgroups', 'timestamp-query'] as const;

/** Opens the best adapter with its own limits for buffers. Errors: no-webgpu, no-adapter, limit. */
export async function openGpu(options: OpenOptions = {}): Promise<Gpu> {
  const gpu = options.gpu ?? globalThis.navigator?.gpu;
  if (!gpu) {
    throw new KvError(
      'no-webgpu',
      'This browser has no WebGPU.',
      'navigator.gpu is missing.',
      'Use a current Chrome, Edge or Safari, or turn WebGPU on in the settings.',
    );
  }
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    throw new KvError(
      'no-adapter',
      'WebGPU is there, but it offers no adapter.',
      'The graphics driver is blocked or missing, or hardware acceleration is off.',
      'Turn hardware acceleration on, update the driver, and reload.',
    );
  }
  const l = adapter.limits;
  if (l.maxStorageBuffersPerShaderStage < 8 || l.maxComputeInvocationsPerWorkgroup < 64) {
    throw new KvError(
      'limit',
      'The adapter is too small for kvscope.',
      `It allows ${l.maxStorageBuffersPerShaderStage} storage buffers per stage; 8 are needed.`,
      'Try another browser or another GPU.',
    );
  }
  const features = WANTED.filter((f) => adapter.features.has(f));
  const device = await adapter.requestDevice({
    requiredFeatures: features,
    requiredLimits: {
      maxBufferSize: l.maxBufferSize,
      maxStorageBufferBindingSize: l.maxStorageBufferBindingSize,
      maxStorageBuffersPerShaderStage: 8,
    },
  });
  // A workgroup has 64 threads; a wider subgroup would be cut by it.
  const fits = (adapter.info.subgroupMaxSize ?? 0) <= 64;
  const subgroups = features.includes('subgroups') && fits && !options.withoutSubgroups;
  const about = summary(adapter, features);
  return {
    device,
    adapter: about,
    subgroups,
    rowPerThread: (options.rowPerThread ?? true) && subgroups && about.software && sharesBlocks(about),
    timestamps: features.includes('timestamp-query'),
    lost: device.lost.then(
      (info) =>
        new KvError(
          'device-lost',
          'The graphics device was lost.',
          info.message || info.reason || 'The driver gave no reason.',
          'kvscope rebuilds itself from the stored weights and the token list.',
        ),
    ),
  };
}

/** Subgroups of one size that divides the 8 quads of a block. */
const sharesBlocks = ({ subgroupMin, subgroupMax }: AdapterSummary): boolean =>
  subgroupMin === subgroupMax && 8 % subgroupMin === 0;

function summary(adapter: GPUAdapter, features: string[]): AdapterSummary {
  const { info, limits } = adapter;
  const name = [info.description || info.device, info.architecture].filter(Boolean).join(' ') || info.vendor;
  const words = `${info.vendor} ${info.architecture} ${info.description} ${info.device}`.toLowerCase();
  return {
    name: name || 'unnamed adapter',
    vendor: info.vendor,
    architecture: info.architecture,
    features,
    software: /swiftshader|llvmpipe|lavapipe|software|warp/.test(words),
    subgroupMin: info.subgroupMinSize ?? 1,
    subgroupMax: info.subgroupMaxSize ?? 1,
    maxBufferBytes: limits.maxBufferSize,
    maxBindingBytes: limits.maxStorageBufferBindingSize,
  };
}

/**
 * Runs `work` inside error scopes, so that an allocation that fails is a typed error and not a flood of invalid buffers.
 * Errors: out-of-memory; internal for a validation error.
 */
export async function scoped<T>(device: GPUDevice, what: string, work: () => T | Promise<T>): Promise<T> {
  device.pushErrorScope('out-of-memory');
  device.pushErrorScope('validation');
  let result: T | undefined;
  let thrown: unknown;
  try {
    result = await work();
  } catch (error) {
    thrown = error;
  }
  const validation = await device.popErrorScope();
  const memory = await device.popErrorScope();
  if (memory) {
    throw new KvError(
      'out-of-memory',
      `There is not enough GPU memory for ${what}.`,
      memory.message,
      'Choose a smaller model, fewer lanes or fewer steps, or close other tabs.',
    );
  }
  if (thrown) throw thrown;
  if (validation) throw new KvError('internal', `The GPU refused ${what}.`, validation.message, 'Please report this.');
  return result as T;
}
