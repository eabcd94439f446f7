import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { adapterEnv } from './scripts/adapter.mjs';
import { chromiumArgs, findChromium } from './scripts/chromium.mjs';

const GPU = 'test/**/*.gpu.test.ts';
const NODE_GPU = 'test/**/*.node.gpu.test.ts';
const PAGE = 'test/**/*.page.test.ts';

/** Software adapters compile for a while, on one core, and share the cores with the other projects. */
const patient = { testTimeout: 240_000, hookTimeout: 240_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [GPU, PAGE],
          testTimeout: 30_000,
          // Starting a process for every file took a third of the time.
          isolate: false,
        },
      },
      {
        test: {
          ...patient,
          name: 'gpu-node',
          // Not more: GPU memory and a software adapter's cores are shared by all files.
          maxWorkers: 2,
          include: [GPU],
          pool: 'forks',
          env: adapterEnv(),
          setupFiles: ['test/setup/node-gpu.ts'],
        },
      },
      {
        test: {
          ...patient,
          name: 'gpu-browser',
          fileParallelism: false,
          include: [GPU],
          exclude: [NODE_GPU],
          setupFiles: ['test/setup/browser-gpu.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: findChromium(), args: chromiumArgs } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'page',
          include: [PAGE],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          globalSetup: ['test/setup/page-server.ts'],
        },
      },
    ],
  },
});
