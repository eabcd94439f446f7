// Builds the terminal programs of workers/ for Node into the folder given as argument. The same Vite as for the page,
// so `?raw` and import.meta.glob mean the same; npm packages (webgpu above all) stay external.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from './install.mjs';

const entries = ['headless', 'bench', 'record', 'tune', 'sweep', 'tasks']
  .map((name) => [name, join(root, 'workers', `${name}.ts`)])
  .filter(([, file]) => existsSync(file));

try {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { external: ['webgpu'] },
    build: {
      ssr: true,
      target: 'node20',
      outDir: process.argv[2],
      emptyOutDir: true,
      copyPublicDir: false,
      minify: false,
      sourcemap: 'inline',
      rolldownOptions: { input: Object.fromEntries(entries), output: { entryFileNames: '[name].js' } },
    },
  });
} catch (error) {
  // The message names file and line; the stack would only show the bundler.
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
