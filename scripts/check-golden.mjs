// `npm run check:golden -- --model FILE [--golden DIR] [--shard i/n] [--only WORD]`: the KL table of an independent implementation,
// row by row, seven lanes a pass. Passes are kept in .cache/golden under the hash of their sources, so a stopped check goes on.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { hostBundle } from './host-bundle.mjs';
import { root } from './install.mjs';

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    golden: { type: 'string', default: join(root, '../shared/golden') },
    shard: { type: 'string', default: '1/1' },
    only: { type: 'string', default: '' },
  },
});
/** @param {string} name */
const read = (name) => JSON.parse(readFileSync(join(values.golden, name), 'utf8'));
const texts = read('texts.json');
const { lanes } = read('lanes.json');
const table = read('kld_a.json').texts;
const model = values.model ?? join(values.golden, '../models/SmolLM2-135M-Instruct.Q4_1.gguf');
const store = join(root, '.cache/golden', basename(await hostBundle()));
mkdirSync(store, { recursive: true });

/** Rows of a text that this build can run, in passes of seven; systems that are not there yet are counted, not run. */
function passes() {
  const out = [];
  let waiting = 0;
  for (const [id, { P, systems }] of Object.entries(table)) {
    const rows = Object.keys(systems).filter((name) => lanes[name] && `${id} ${name}`.includes(values.only));
    const ready = rows.filter((name) => !lanes[name].includes('system='));
    waiting += rows.length - ready.length;
    for (let i = 0; i < ready.length; i += 7) out.push({ id, P, names: ready.slice(i, i + 7) });
  }
  return { out, waiting };
}

/** @param {{ id: string, P: number, names: string[] }} pass */
function run({ id, P, names }) {
  const key = createHash('sha256').update(JSON.stringify({ id, P, names })).digest('hex').slice(0, 16);
  const file = join(store, `${id}-${key}.json`);
  if (!existsSync(file)) {
    const tokens = join(store, `${id}.tokens.json`);
    writeFileSync(tokens, JSON.stringify(texts[id].ids));
    const args = ['--model', model, '--tokens', tokens, '--prompt-tokens', String(P)];
    for (const name of names)
      args.push('--lane', lanes[name].replaceAll('.1P', String(Math.floor(P / 10))).replaceAll('P', String(P)));
    /** @type {import('node:child_process').StdioOptions} */
    const stdio = ['ignore', 'pipe', 'inherit'];
    const host = join(root, 'scripts/host.mjs');
    writeFileSync(file, execFileSync(process.execPath, [host, 'headless', ...args], { stdio, maxBuffer: 1 << 28 }));
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * Mean and median within 30 %, same-top within 8 points, bits within 0.01, zeros exact: the reasons stand in the golden README.
 * @param {Record<string, number>} want
 * @param {{ summary: Record<string, number>, effectiveBits: { mean: number } }} lane
 */
function faults(want, lane) {
  const { summary, effectiveBits } = lane;
  /** @type {string[]} */
  const found = [];
  /** @param {string} name @param {number} got @param {number} ref */
  const near = (name, got, ref) => {
    if (ref === 0 ? got !== 0 : Math.abs(got / ref - 1) > 0.3) found.push(`${name} ${got.toPrecision(4)} for ${ref}`);
  };
  near('mean', summary.klMean, want.kl_mean);
  near('median', summary.klMedian, want.kl_median);
  if (Math.abs(summary.sameTop * 100 - want.same_top_pct) > 8)
    found.push(`same-top ${summary.sameTop} for ${want.same_top_pct}`);
  if (Math.abs(effectiveBits.mean - want.bits) > 0.01) found.push(`bits ${effectiveBits.mean} for ${want.bits}`);
  return found;
}

const [shard, shards] = values.shard.split('/').map(Number);
const { out, waiting } = passes();
let passed = 0;
let failed = 0;
for (const [i, pass] of out.entries()) {
  if (i % shards !== shard - 1) continue;
  const result = run(pass);
  for (const [n, name] of pass.names.entries()) {
    const want = table[pass.id].systems[name];
    const { summary, effectiveBits } = result.lanes[n];
    const bad = faults(want, result.lanes[n]);
    if (bad.length) failed++;
    else passed++;
    const figures = `mean ${summary.klMean.toPrecision(4)} (${want.kl_mean}) median ${summary.klMedian.toPrecision(4)} (${want.kl_median})`;
    const rest = `same-top ${(summary.sameTop * 100).toFixed(1)} (${want.same_top_pct}) bits ${effectiveBits.mean.toFixed(3)} (${want.bits})`;
    console.log(
      `${bad.length ? 'FAIL' : 'ok  '} ${pass.id} ${name.padEnd(28)} ${figures} ${rest}${bad.length ? ` <- ${bad.join('; ')}` : ''}`,
    );
  }
}
console.log(`${passed} passed, ${failed} failed, ${waiting} skipped`);
process.exitCode = failed ? 1 : 0;
