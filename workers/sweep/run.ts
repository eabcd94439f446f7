import { openEngine } from '../../gpu/engine';
import { experiments } from '../../gpu/lab/registry';
import { openGguf } from '../../gpu/load/gguf';
import { modelName } from '../../gpu/load/model-name';
import { pathSource } from '../../gpu/load/node-source';
import { sha256Of } from '../../gpu/load/sha256';
import { openTokenizer } from '../../gpu/load/tokenizer';
import { bundledModel } from '../bundled-model';
import type { LabPlan, LabWork } from '../lab/lab';
import { planLab, runPass } from '../lab/lab';
import { openNodeGpu } from '../node-gpu';
import { onGpu } from '../session/maker';
import { summaryOf } from '../session/model';
import type { Lines } from './lines';
import { openLines } from './lines';
import type { SweepOptions } from './options';
import { readOptions } from './options';

/** Runs an experiment of the lab as JSON lines. What the file holds already is not run again. Errors: usage, bad-config, bad-file. */
export async function runSweep(args: string[], print: (value: object) => void): Promise<void> {
  const options = readOptions(args);
  if (options.list) return print({ experiments: experiments.map(({ id, title, text }) => ({ id, title, text })) });
  const source = await pathSource(options.model ?? bundledModel());
  const file = await openGguf(source);
  const model = { file, tokenizer: openTokenizer(file.metadata) };
  const sha256 = await sha256Of(source);
  const summary = summaryOf({ ...model, sha256, kept: false, keptWhy: '' }, 0, 0);
  const plan = planLab(options.experiment, options.settings, { ...model, summary });
  const gpu = await openNodeGpu();
  process.stderr.write(`adapter: ${gpu.adapter.name}\n`);
  const engine = await openEngine(gpu, file);
  const head = { version: 1, experiment: plan.experiment, settings: plan.settings, model: modelName(source), sha256 };
  const done = openLines(options.out, { ...head, adapter: gpu.adapter.name }, print);
  await sweep(plan, options, done, {
    maker: onGpu(engine),
    model: { ...model, summary },
    progress: () => {},
  });
}

async function sweep(plan: LabPlan, { shard }: SweepOptions, done: Lines, work: LabWork): Promise<void> {
  const mine = plan.passes.filter((_, i) => i % shard.of === shard.index);
  const needed = new Set(mine.flatMap(({ id, after = [] }) => [...after, id]));
  const open = plan.passes.filter(({ id }) => needed.has(id) && !done.given[id]);
  for (const [i, { id, title }] of open.entries()) {
    process.stderr.write(`${i + 1} of ${open.length}: ${title}\n`);
    const started = performance.now();
    const rows = await runPass(plan, id, done.given, work);
    done.add({ pass: id, rows, ms: Math.round(performance.now() - started) });
  }
}
