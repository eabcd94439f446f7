import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const fake = fileURLToPath(new URL('./fake-client.ts', import.meta.url));

/** The page with an invented engine, for looking at its states: `npx vite build -c test/app/fake.config.ts`. */
export default defineConfig({
  base: './',
  root: fileURLToPath(new URL('../..', import.meta.url)),
  plugins: [
    react(),
    { name: 'fake-engine', enforce: 'pre', resolveId: (id) => (id.endsWith('workers/client') ? fake : undefined) },
  ],
  build: { target: 'esnext', outDir: '.cache/fake-page', emptyOutDir: true },
});
