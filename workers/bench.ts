import { parseArgs } from 'node:util';
import { openEngine } from '../gpu/engine';
import { KvError, toPlain } from '../gpu/errors';
import { openGguf } from '../gpu/load/gguf';
import { pathSource } from '../gpu/load/node-source';
import { decodeRow, prefillRow } from './bench/rows';
import { printTable } from './bench/table';
import { openNodeGpu } from './node-gpu';

/** `npm run bench -- --model FILE [--repeat N]`: a table on stderr, JSON on stdout. Times are minima of repeats; CPU time beside wall. */
async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { model: { type: 'string' }, repeat: { type: 'string', default: '3' } },
  });
  const repeat = Number(values.repeat);
  if (!values.model) throw new KvError('usage', 'no model given', '', 'Name a GGUF file with --model.');
  if (!Number.isInteger(repeat) || repeat < 1) throw new KvError('usage', '--repeat is a whole number from 1 up.');
  const source = await pathSource(values.model);
  const file = await openGguf(source);
  const gpu = await openNodeGpu();
  const started = performance.now();
  const engine = await openEngine(gpu, file);
  const loadMs = performance.now() - started;
  const prefill = [];
  for (const tokens of [64, 128, 256]) prefill.push(await prefillRow(engine, tokens, repeat));
  const decode = [];
  for (const lanes of [1, 2, 4, 8]) decode.push(await decodeRow(engine, lanes, { repeat, k: 4, v: 4, prompt: 32 }));
  const attention = [];
  for (const bits of [16, 8, 4, 2])
    attention.push(await decodeRow(engine, 2, { repeat: 1, k: bits, v: bits, prompt: 1024 }));
  const result = {
    version: 1,
    model: file.config.name,
    adapter: { name: gpu.adapter.name, software: gpu.adapter.software, subgroup: gpu.adapter.subgroupMin },
    repeat,
    loadMs,
    weightBytes: engine.weights.buffers.total(),
    prefill,
    decode,
    attention,
  };
  printTable(result);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    const { code, message, why, next } = toPlain(error);
    process.stderr.write(`${[message, why, next].filter(Boolean).join(' ')}\n`);
    process.exit(code === 'no-adapter' || code === 'no-webgpu' ? 3 : 2);
  },
);
