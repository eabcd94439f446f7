import { parseArgs } from 'node:util';
import { openEngine } from '../gpu/engine';
import { KvError } from '../gpu/errors';
import { openGguf } from '../gpu/load/gguf';
import { pathSource } from '../gpu/load/node-source';
import { decodeRow, decodeTokens, prefillRow } from './bench/rows';
import { systemLanes, systemRows } from './bench/systems';
import { printTable } from './bench/table';
import { bundledModel } from './bundled-model';
import { openNodeGpu } from './node-gpu';
import { runTool } from './tool';

const PREFILL_TOKENS = [64, 128, 256];
const DECODE_LANES = [1, 2, 4, 8];
const ATTENTION_BITS = [16, 8, 4, 2];
const ATTENTION_TOKENS = 1024;

/**
 * `npm run bench -- --model FILE [--repeat N] [--systems] [--lane "..."]`: a table on stderr, JSON on stdout. Times are minima of repeats;
 * CPU time beside wall. `--systems`: a decode step of every published system that codes rows, or of the lanes given, in turn with one of
 * uniform codes at the same bits, and nothing else.
 */
runTool(async (args, print) => {
  const { model, repeat, systems, lanes } = readOptions(args);
  const file = await openGguf(await pathSource(model));
  const gpu = await openNodeGpu();
  const started = performance.now();
  const engine = await openEngine(gpu, file);
  const loadMs = performance.now() - started;
  if (systems) {
    const rows = await systemRows(engine, lanes.length > 0 ? lanes : systemLanes(), repeat, (row) => {
      process.stderr.write(
        `${row.lane.padEnd(24)} ${row.ms.toFixed(1)} ms, CPU ${row.cpuMs.toFixed(1)} ms, ${row.ratio.toFixed(2)} of uniform\n`,
      );
    });
    print({ version: 1, model: file.config.name, systems: rows });
    return;
  }
  const { name, context } = file.config;
  const skipped: string[] = [];
  const fits = (row: string, tokens: number): boolean => {
    if (tokens > context) skipped.push(`${row}: ${tokens} tokens do not fit the context of ${context}`);
    return tokens <= context;
  };
  const prefill = [];
  for (const tokens of PREFILL_TOKENS) {
    if (fits(`prefill of ${tokens}`, tokens + 1)) prefill.push(await prefillRow(engine, tokens, repeat));
  }
  const decode = [];
  for (const lanes of DECODE_LANES) {
    const at = { repeat, k: 4, v: 4, prompt: 32 };
    if (fits(`decode of ${lanes} lanes`, decodeTokens(at))) decode.push(await decodeRow(engine, lanes, at));
  }
  const attention = [];
  for (const bits of ATTENTION_BITS) {
    const at = { repeat: 1, k: bits, v: bits, prompt: ATTENTION_TOKENS };
    if (fits(`attention at ${bits} bits`, decodeTokens(at))) attention.push(await decodeRow(engine, 2, at));
  }
  const result = {
    version: 1,
    model: name,
    adapter: { name: gpu.adapter.name, software: gpu.adapter.software, subgroup: gpu.adapter.subgroupMin },
    repeat,
    loadMs,
    weightBytes: engine.weights.buffers.total(),
    prefill,
    decode,
    attention,
    skipped,
  };
  printTable(result);
  print(result);
});

function readOptions(args: string[]): { model: string; repeat: number; systems: boolean; lanes: string[] } {
  const usage = (message: string) =>
    new KvError(
      'usage',
      message,
      '',
      'The options are --model FILE, --repeat N, a whole number from 1 up, --systems, and with that --lane, more than once.',
    );
  let values: { model?: string; repeat?: string; systems?: boolean; lane?: string[] };
  try {
    ({ values } = parseArgs({
      args,
      options: {
        model: { type: 'string' },
        repeat: { type: 'string' },
        systems: { type: 'boolean' },
        lane: { type: 'string', multiple: true },
      },
    }));
  } catch (error) {
    throw usage((error as Error).message.split('. ')[0]);
  }
  const { model, repeat = '3', systems = false, lane: lanes = [] } = values;
  if (!/^[1-9]\d{0,5}$/.test(repeat)) throw usage(`--repeat cannot be "${repeat}".`);
  if (lanes.length > 0 && !systems) throw usage('--lane goes with --systems.');
  return { model: model ?? bundledModel(), repeat: Number(repeat), systems, lanes };
}
