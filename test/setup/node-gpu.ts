import { dawn } from '../../workers/dawn';

// WebGPU for tests in Node, under the names a browser has.
const gpu = dawn();
if (!globalThis.navigator) Object.defineProperty(globalThis, 'navigator', { value: { userAgent: 'Node.js' } });
Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });

// A machine without an adapter must show red tests, never green or skipped ones.
if (!(await gpu.requestAdapter())) {
  throw new Error(
    'No WebGPU adapter in Node. Run scripts/get-lavapipe.sh, install Chromium (for its SwiftShader), or set VK_ICD_FILENAMES.',
  );
}
