// Who may import whom, and how long a file may be. `import type` may cross any line; the rules are about values.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { files, imports } from './imports.mjs';
import { root } from './install.mjs';

const MAX_LINES = 300;
const SOURCE = /\.(ts|tsx|mjs|sh|wgsl|css)$/;
const DATA = /^test\/(fixtures|golden)\//;
const FAMILY = /^gpu\/kv\/(codecs|transforms|policies|systems)\/.*\.ts$/;
const PAGE_PACKAGE = /^(react|react-dom|zustand|recharts|@base-ui\/react)(\/|$)/;
/** The browser's database: for those who host the engine, not for the engine. */
const STORAGE_PACKAGE = /^idb-keyval(\/|$)/;
const NODE_PACKAGE = /^(node:|webgpu$|playwright-core|vitest|vite$)/;
/** Pure data and grammar, light enough for the page. */
const PURE =
  /^gpu\/(catalog(\/|[^/]*\.ts$)|kv\/(catalog|check|config|entry|fields|footprint|lane|moves)[^/]*\.ts$|lab\/(advice|engines|mechanism|published)\/[^/]*\.ts$|measure\/.*\.ts$|load\/(hub|models-list)\.ts$|(errors|run-types)\.ts$)/;
/** The Node side of something that the engine takes through an interface: only the Node hosts name it. */
const NODE_SIDE = /^gpu\/([^/]+\/)*node-[^/]+\.ts$/;

/** Floors of the engine: a file may import its own floor and those below. Folders not named stand beside. */
const FLOORS = ['ground', 'gpu/kernels', 'gpu/kv', 'gpu/model'];
const GROUND = /^gpu\/(device|kernel|buffers|timing|errors)[^/]*\.ts$/;

/** @param {string} file @returns {number} -1 for files that stand beside */
const floor = (file) => (GROUND.test(file) ? 0 : FLOORS.findIndex((name) => file.startsWith(`${name}/`)));

/**
 * Why this import is not allowed, or undefined.
 * @param {import('./imports.mjs').Import} entry @returns {string | undefined}
 */
function objection({ from, to, inside }) {
  const top = from.split('/')[0];
  if (top === 'test') return undefined;
  if (!inside) {
    if (top === 'gpu' && (PAGE_PACKAGE.test(to) || STORAGE_PACKAGE.test(to)))
      return 'gpu knows no page: pass data in, or move this to app';
    if (top === 'gpu' && NODE_PACKAGE.test(to) && !NODE_SIDE.test(from)) {
      return 'gpu runs in a worker too: Node parts belong to workers/headless or to a file named node-*.ts';
    }
    if (top === 'workers' && PAGE_PACKAGE.test(to)) return 'workers host the engine and know no page';
    if (top === 'app' && NODE_PACKAGE.test(to)) return 'app runs in the browser';
    return undefined;
  }
  if (top !== 'test' && to.startsWith('test/')) return 'only tests import from test';
  if (top === 'app') {
    const allowed =
      to.startsWith('app/') || /^workers\/(client\.ts$|protocol\.ts$|recording\/)/.test(to) || PURE.test(to);
    const list =
      'workers/client, workers/recording, gpu/errors, gpu/run-types, gpu/catalog*, gpu/kv/{catalog,check,config,entry,fields,footprint,lane,moves}*, gpu/lab/{advice,engines,mechanism,published}, gpu/measure, gpu/load/{hub,models-list}';
    return allowed ? undefined : `app takes values only from ${list}; use \`import type\` or a call to the worker`;
  }
  if (top === 'gpu' && !to.startsWith('gpu/')) return 'gpu imports nothing but gpu';
  if (top === 'workers' && !/^(gpu|workers)\//.test(to)) return 'workers import gpu and workers only';
  if (top === 'scripts' && !to.startsWith('scripts/')) return 'scripts stand alone';
  if (top === 'gpu' && NODE_SIDE.test(to)) return 'a node-*.ts file is for workers/headless and tests';
  if (FAMILY.test(from)) {
    const own = `${from.replace(/\.ts$/, '')}/`;
    if (FAMILY.test(to) && !to.startsWith(own))
      return 'codecs, transforms, policies and systems never import each other';
    if (/^gpu\/kv\/registry[^/]*\.ts$/.test(to))
      return 'the registry finds this file; importing it back makes a circle';
  }
  if (floor(from) >= 0 && floor(to) > floor(from)) return `${FLOORS[floor(from)]} lies below ${FLOORS[floor(to)]}`;
  return undefined;
}

/** @type {string[]} */
const faults = [];
for (const entry of imports) {
  const why = entry.type ? undefined : objection(entry);
  if (why) faults.push(`${entry.from}:${entry.line} imports ${entry.spec}: ${why}`);
}
for (const file of files) {
  if (!SOURCE.test(file) || DATA.test(file)) continue;
  const lines = readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length;
  if (lines > MAX_LINES) faults.push(`${file}: ${lines} lines (at most ${MAX_LINES}): two ideas in one room?`);
}
for (const fault of faults) console.error(fault);
process.exit(faults.length > 0 ? 1 : 0);
