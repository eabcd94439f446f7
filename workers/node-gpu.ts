import { create, globals } from 'webgpu';
import type { Gpu } from '../gpu/device';
import { openGpu } from '../gpu/device';
import { KvError, toPlain } from '../gpu/errors';

/** Dawn must outlive its devices: a collected instance takes the process down. */
let instance: GPU | null = null;

/** Dawn in Node: installs the WebGPU globals and opens the adapter that the environment selects. Errors: no-adapter, limit. */
export async function openNodeGpu(): Promise<Gpu> {
  Object.assign(globalThis, globals);
  instance ??= create([]);
  try {
    return await openGpu({ gpu: instance });
  } catch (error) {
    if (toPlain(error).code !== 'no-adapter') throw error;
    throw new KvError(
      'no-adapter',
      'There is no WebGPU adapter.',
      'Dawn found no graphics driver that works.',
      'Install a Vulkan driver, run scripts/get-lavapipe.sh, or check VK_ICD_FILENAMES.',
    );
  }
}
