import type { Gpu } from '../gpu/device';
import { openGpu } from '../gpu/device';
import { KvError, toPlain } from '../gpu/errors';
import { dawn } from './dawn';

/** Dawn in Node on the adapter that the environment selects. Errors: no-adapter, limit. */
export async function openNodeGpu(): Promise<Gpu> {
  try {
    return await openGpu({ gpu: dawn() });
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
