import { openEngine } from '../../gpu/engine';
import { checkForModel } from '../../gpu/kv/check';
import { openGguf } from '../../gpu/load/gguf';
import { modelName } from '../../gpu/load/model-name';
import { pathSource } from '../../gpu/load/node-source';
import { sha256Of } from '../../gpu/load/sha256';
import { openTokenizer } from '../../gpu/load/tokenizer';
import { textFeed, watchOf } from '../../gpu/measure/text-watch';
import { checkSpec } from '../../gpu/run-check';
import { bundledModel } from '../bundled-model';
import { cpuMs } from '../node-cpu';
import { openNodeGpu } from '../node-gpu';
import { bestOf } from './best';
import { evaluate } from './evaluate';
import { readSpec } from './input';
import { openLogits } from './logits-file';
import type { EvalOptions } from './options';
import { result, stepLine } from './result';
import { ms, timing } from './timing';

/** Loads, runs and prints the result. Input is refused before a device is opened and weights are read. */
export async function runEval(options: EvalOptions, print: (value: object) => void): Promise<void> {
  const source = await pathSource(options.model ?? bundledModel());
  const file = await openGguf(source);
  const { context, vocab, headDim } = file.config;
  const tokenizer = openTokenizer(file.metadata);
  const spec = readSpec(options, tokenizer);
  checkSpec(spec, context, vocab);
  for (const lane of spec.lanes) checkForModel(lane, headDim);
  const logits = options.logits === null ? null : openLogits(options.logits);

  const gpu = await openNodeGpu();
  process.stderr.write(`adapter: ${gpu.adapter.name}\n`);
  const [started, cpuStarted] = [performance.now(), cpuMs()];
  const engine = await openEngine(gpu, file);
  const [loadMs, cpuLoad] = [performance.now() - started, cpuMs() - cpuStarted];
  const sha256 = await sha256Of(source);

  const lanes = spec.lanes.length + 1;
  const top: [number, number][][][] = options.top > 0 ? Array.from({ length: lanes }, () => []) : [];
  const wantsRows = options.top > 0 || logits !== null;
  const watch = watchOf(spec, file.config, tokenizer);
  const feed = textFeed(watch, tokenizer);
  const done = await evaluate(engine, spec, wantsRows, async (frame, run) => {
    if (wantsRows) {
      const rows = await run.logits();
      const row = (lane: number) => rows.subarray(lane * vocab, (lane + 1) * vocab);
      logits?.write(row(0));
      for (const [lane, list] of top.entries()) list.push(bestOf(row(lane), options.top));
    }
    feed(frame);
    if (options.jsonl) print(stepLine(frame));
  });
  logits?.close();

  print(
    result({
      model: { ...file.config, name: modelName(source), sha256 },
      adapter: gpu.adapter,
      spec,
      configs: done.run.configs,
      frames: done.frames,
      heads: done.heads,
      local: done.local,
      watch,
      decisions: spec.lanes.map((_, i) => done.run.decisions(i + 1)),
      top,
      decode: tokenizer.decode,
      timing: {
        ...timing({ ...done, loadMs, promptTokens: spec.prompt.length, lanes, gpuBytes: done.run.gpuBytes }),
        cpuMs: {
          load: ms(cpuLoad),
          prefill: ms(done.cpu.prefill),
          decodePerToken: ms(done.cpu.decode / Math.max(1, done.stepMs.length)),
        },
      },
    }),
  );
}
