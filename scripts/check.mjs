// `npm run check`: types, lint and format, import directions, import cycles. All of them run, so that one look shows everything.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './install.mjs';

const CHECKS = {
  types: ['node_modules/typescript/bin/tsc', '--noEmit'],
  lint: ['node_modules/@biomejs/biome/bin/biome', 'check', '--diagnostic-level=warn', '--error-on-warnings'],
  imports: ['scripts/check-imports.mjs'],
  cycles: ['scripts/check-cycles.mjs'],
};

const asked = process.argv.slice(2);
const failed = Object.entries(CHECKS)
  .filter(([name]) => asked.length === 0 || asked.includes(name))
  .filter(([, [script, ...args]]) => {
    const done = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: 'inherit' });
    return done.status !== 0;
  })
  .map(([name]) => name);

if (failed.length > 0) console.error(`check failed: ${failed.join(', ')}`);
process.exit(failed.length > 0 ? 1 : 0);
