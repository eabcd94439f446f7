// Vite plugin: writes sw.js, the service worker of a built page. Its version is a hash of every file of the build and of public/,
// so the same build gives the same worker and any change a new one.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { transformWithOxc } from 'vite';
import { root } from './install.mjs';

const SOURCE = join(root, 'app', 'offline', 'service-worker.ts');
/** Pictures of the documentation, maps and cards are no part of the page. */
const PAGE_FILES = /\.(html|js|css|svg|woff2|kvrec)$/;
const MODEL = /^models\/.*\.gguf$/;

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

/** @returns {import('vite').Plugin} */
export function serviceWorker() {
  let publicDir = '';
  return {
    name: 'kvscope-service-worker',
    apply: 'build',
    configResolved(config) {
      publicDir = config.publicDir;
    },
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        /** @type {[string, string | Uint8Array][]} */
        const files = Object.values(bundle).map((file) => [
          file.fileName,
          file.type === 'asset' ? file.source : file.code,
        ]);
        for (const path of filesIn(publicDir)) files.push([path, readFileSync(join(publicDir, path))]);
        files.sort(([a], [b]) => (a < b ? -1 : 1));
        const hash = createHash('sha256');
        for (const [path, content] of files) hash.update(`${path}\0${content.length}\0`).update(content);
        const paths = files.map(([path]) => path);
        const constants = {
          VERSION: hash.digest('hex').slice(0, 16),
          FILES: paths.filter((path) => PAGE_FILES.test(path)),
          MODELS: paths.filter((path) => MODEL.test(path)),
        };
        const { code } = await transformWithOxc(readFileSync(SOURCE, 'utf8'), SOURCE);
        const head = Object.entries(constants).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};\n`);
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: head.join('') + code });
      },
    },
  };
}
