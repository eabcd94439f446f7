// `npm run check:golden -- --model FILE [--golden DIR] [--shard i/n] [--only WORD] [--draws N] [--table FILE]`: the KL tables of an
// independent implementation, row by row, seven lanes a pass. Passes are kept in .cache/golden under the hash of their sources, so a
// stopped check goes on. --table writes what was measured as a Markdown table. What tells a fault of the engine from a flipped code is
// printed beside the verdicts and changes none: means over the rows of a text, and, for rows outside, N draws with noise in the model.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { substituted } from './golden-lanes.mjs';
import { writeNoisy } from './golden-noise.mjs';
import { hostBundle } from './host-bundle.mjs';
import { root } from './install.mjs';

/**
 * @typedef {{ name: string, mean: number, median: number, sameTop: number, bits: number, bitsTolerance: number, tolerance: number }} Row
 * @typedef {{ id: string, P: number, rows: Row[] }} Table
 * @typedef {{ summary: Record<string, number>, effectiveBits: { mean: number } }} Lane
 */
const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    golden: { type: 'string', default: join(root, '../shared/golden') },
    shard: { type: 'string', default: '1/1' },
    only: { type: 'string', default: '' },
    draws: { type: 'string', default: '0' },
    table: { type: 'string' },
  },
});
/** @param {string} name */
const read = (name) => JSON.parse(readFileSync(join(values.golden, name), 'utf8'));
const texts = read('texts.json');
const { lanes } = read('lanes.json');
const model = values.model ?? join(values.golden, '../models/SmolLM2-135M-Instruct.Q4_1.gguf');
const store = join(root, '.cache/golden', basename(await hostBundle()));
mkdirSync(store, { recursive: true });
const host = join(root, 'scripts/host.mjs');
/** @type {{ systems: { id: string }[] }} */
const known = JSON.parse(
  execFileSync(process.execPath, [host, 'headless', '--list'], { encoding: 'utf8', maxBuffer: 1 << 26 }),
);
const systems = new Set(known.systems.map(({ id }) => id));

/** Rows whose system is calibrated on a text are held less tightly. */
const CALIBRATED = /system=(skvq|rotatekv|kvquant|akvq)/;

/** @returns {Table[]} */
function tables() {
  const out = [];
  for (const [id, { P, systems: rows }] of Object.entries(read('kld_a.json').texts)) {
    out.push({ id, P, rows: Object.entries(rows).map(([name, row]) => rowOf(name, row, row.bits, 0.01)) });
  }
  for (const [id, { P, systems: rows }] of Object.entries(read('kld_b.json').texts)) {
    /** @type {{ system: string, bits_end: { mean: number } }[]} */
    const list = rows;
    out.push({ id, P, rows: list.map((row) => rowOf(row.system, row, row.bits_end.mean, 0.02)) });
  }
  return out;
}

/** @param {string} name @param {any} row @param {number} bits @param {number} bitsTolerance @returns {Row} */
const rowOf = (name, row, bits, bitsTolerance) => ({
  name,
  mean: row.kl_mean,
  median: row.kl_median,
  sameTop: row.same_top_pct,
  bits,
  bitsTolerance,
  tolerance: CALIBRATED.test(lanes[name] ?? '') ? 0.5 : 0.3,
});

/** Rows that this build can run, in passes of seven; systems that are not there are counted, not run. */
function passes() {
  /** @type {Table[]} */
  const out = [];
  let waiting = 0;
  for (const { id, P, rows } of tables()) {
    const wanted = rows.filter(({ name }) => lanes[name] && `${id} ${name} ${lanes[name]}`.includes(values.only));
    const ready = wanted.filter(({ name }) => {
      const system = /system=(\S+)/.exec(lanes[name])?.[1];
      return system === undefined || systems.has(system);
    });
    waiting += wanted.length - ready.length;
    // Lanes of one codec side by side: a pass compiles shaders for every codec in it.
    ready.sort((a, b) => (lanes[a.name] < lanes[b.name] ? -1 : 1));
    for (let i = 0; i < ready.length; i += 7) out.push({ id, P, rows: ready.slice(i, i + 7) });
  }
  return { out, waiting };
}

/** @param {Table} pass @param {string} path the model @param {string} kind in the name of what is kept @returns {{ lanes: Lane[] }} */
function run({ id, P, rows }, path = model, kind = '') {
  const strings = rows.map(({ name }) => substituted(lanes[name], P));
  const key = createHash('sha256').update(JSON.stringify({ id, P, strings })).digest('hex').slice(0, 16);
  const file = join(store, `${id}-${key}${kind}.json`);
  if (!existsSync(file)) {
    const tokens = join(store, `${id}.tokens.json`);
    writeFileSync(tokens, JSON.stringify(texts[id].ids));
    const args = ['--model', path, '--tokens', tokens, '--prompt-tokens', String(P)];
    for (const lane of strings) args.push('--lane', lane);
    /** @type {import('node:child_process').StdioOptions} */
    const stdio = ['ignore', 'pipe', 'inherit'];
    writeFileSync(file, execFileSync(process.execPath, [host, 'headless', ...args], { stdio, maxBuffer: 1 << 28 }));
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * Mean and median within the row's tolerance, same-top within 8 points, bits within 0.01 or 0.02, zeros exact: the reasons stand in
 * the golden README.
 * @param {Row} want @param {Lane} lane
 */
function faults(want, { summary, effectiveBits }) {
  /** @type {string[]} */
  const found = [];
  /** @param {string} name @param {number} got @param {number} ref */
  const near = (name, got, ref) => {
    if (ref === 0 ? got !== 0 : Math.abs(got / ref - 1) > want.tolerance)
      found.push(`${name} ${got.toPrecision(4)} for ${ref}`);
  };
  near('mean', summary.klMean, want.mean);
  near('median', summary.klMedian, want.median);
  if (Math.abs(summary.sameTop * 100 - want.sameTop) > 8) found.push(`same-top ${summary.sameTop} for ${want.sameTop}`);
  if (Math.abs(effectiveBits.mean - want.bits) > want.bitsTolerance)
    found.push(`bits ${effectiveBits.mean} for ${want.bits}`);
  return found;
}

/** @param {number} got @param {number} want */
const ratio = (got, want) => (want === 0 ? (got === 0 ? 'equal' : 'not 0') : (got / want).toFixed(2));

/** One row with noise in the model, as often as asked for: mean KL and same-top. @param {Table} pass @param {Row} row */
async function drawn({ id, P }, row) {
  const found = [];
  for (let seed = 1; seed <= Number(values.draws); seed++) {
    const path = join(root, '.cache/golden', `noise-${seed}.gguf`);
    if (!existsSync(path)) await writeNoisy(model, seed, path);
    const [{ summary }] = run({ id, P, rows: [row] }, path, `-noise${seed}`).lanes;
    found.push(`${summary.klMean.toPrecision(4)} ${(summary.sameTop * 100).toFixed(1)}`);
  }
  return found.join(', ');
}

/**
 * Geometric means of the ratios of some rows, and their mean difference in same-top: a fault of the engine moves many rows one way,
 * flipped codes move each its own.
 * @param {{ want: Row, lane: Lane }[]} rows
 */
function together(rows) {
  const moved = rows.filter(({ want }) => want.mean > 0 && want.median > 0);
  /** @param {(row: { want: Row, lane: Lane }) => number} of */
  const mean = (of) => moved.reduce((sum, row) => sum + of(row), 0) / moved.length;
  const means = Math.exp(mean(({ want, lane }) => Math.log(lane.summary.klMean / want.mean)));
  const medians = Math.exp(mean(({ want, lane }) => Math.log(lane.summary.klMedian / want.median)));
  const top = mean(({ want, lane }) => lane.summary.sameTop * 100 - want.sameTop);
  return `${moved.length} rows: means ${means.toFixed(3)}, medians ${medians.toFixed(3)}, same-top ${top.toFixed(1)}`;
}

const [shard, shards] = values.shard.split('/').map(Number);
const { out, waiting } = passes();
let passed = 0;
let failed = 0;
const table = [
  '| text | row | mean KL | golden | ratio | median | ratio | same top % | golden | bits | golden | |',
  `|${'---|'.repeat(12)}`,
];
/** By text. @type {Map<string, { want: Row, lane: Lane }[]>} */
const measured = new Map();
for (const [i, pass] of out.entries()) {
  if (i % shards !== shard - 1) continue;
  const result = run(pass);
  for (const [n, want] of pass.rows.entries()) {
    const { summary, effectiveBits } = result.lanes[n];
    const bad = faults(want, result.lanes[n]);
    measured.set(pass.id, [...(measured.get(pass.id) ?? []), { want, lane: result.lanes[n] }]);
    if (bad.length) failed++;
    else passed++;
    const [mean, median, top] = [summary.klMean, summary.klMedian, summary.sameTop * 100];
    const cells = [
      ...[pass.id, want.name, mean.toPrecision(4), want.mean, ratio(mean, want.mean), median.toPrecision(4)],
      ...[
        ratio(median, want.median),
        top.toFixed(1),
        want.sameTop.toFixed(1),
        effectiveBits.mean.toFixed(3),
        want.bits,
      ],
    ];
    table.push(`| ${cells.join(' | ')} | ${bad.length ? 'OUT' : ''} |`);
    console.log(`${bad.length ? 'FAIL' : 'ok  '} ${cells.join('  ')}${bad.length ? ` <- ${bad.join('; ')}` : ''}`);
    if (bad.length && values.draws !== '0') console.log(`     with noise: ${await drawn(pass, want)}`);
  }
}
for (const [id, rows] of measured) console.log(`     ${id}, ${together(rows)}`);
if (values.table) writeFileSync(values.table, `${table.join('\n')}\n`);
console.log(`${passed} passed, ${failed} failed, ${waiting} skipped`);
process.exitCode = failed ? 1 : 0;
