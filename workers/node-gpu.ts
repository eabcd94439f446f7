import { create, globals } from 'webgpu';
import type { Gpu } from '../gpu/device';
import { openGpu } from '../gpu/device';

/** Dawn must outlive its devices: a collected instance takes the process down. */
let instance: GPU | null = null;

/** Dawn in Node: installs the WebGPU globals and opens the adapter that the environment selects. Errors: no-adapter. */
export function openNodeGpu(): Promise<Gpu> {
  Object.assign(globalThis, globals);
  instance ??= create([]);
  return openGpu({ gpu: instance });
}
