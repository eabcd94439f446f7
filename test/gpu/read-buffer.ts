import { readRange } from '../../gpu/read-range';

/** The contents of a GPU buffer, once everything submitted before is done. */
export const readBuffer = (device: GPUDevice, buffer: GPUBuffer): Promise<ArrayBuffer> =>
  readRange(device, buffer, 0, buffer.size);
