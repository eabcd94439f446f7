// A browser without an adapter must show red tests, never green or skipped ones.
if (!(await navigator.gpu?.requestAdapter())) {
  throw new Error('No WebGPU adapter in this Chromium; it must be a full browser, not the headless shell.');
}

export {};
