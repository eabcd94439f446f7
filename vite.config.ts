import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { localModel } from './scripts/local-model.mjs';
import { serviceWorker } from './scripts/service-worker.mjs';

// Relative base: the built folder works from any path of any static host. Heavy parts (recharts, stories) get chunks of
// their own because the app imports them with import(); naming chunk groups here would pull react into them.
export default defineConfig({
  base: './',
  plugins: [react(), localModel(), serviceWorker()],
  worker: { format: 'es' },
  build: { target: 'esnext', outDir: 'dist', chunkSizeWarningLimit: 1200 },
  // Page tests build into .cache; a page being looked at must not reload for that.
  server: { port: 5173, strictPort: false, watch: { ignored: ['**/.cache/**'] } },
  preview: { port: 4173, strictPort: false },
});
