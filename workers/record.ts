import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { KvError } from '../gpu/errors';
import type { AttentionRow } from '../gpu/run-types';
import { greedy } from '../gpu/run-types';
import { openNodeGpu } from './node-gpu';
import type { Calls, RunState, WireFrame } from './protocol';
import type { RecordOptions } from './record/options';
import { readOptions } from './record/options';
import { writeRecording } from './recording/write';
import { Session } from './session/session';
import { runTool } from './tool';

/** `npm run record`: a run of the page's own engine, as the file that the page saves and opens. */
runTool(async (args, print) => {
  const options = readOptions(args);
  const file = await record(options);
  writeFileSync(options.out, file);
  print({ version: 1, out: options.out, bytes: file.length });
});

async function record(options: RecordOptions): Promise<Uint8Array> {
  const frames: WireFrame[] = [];
  let reason: RunState['reason'] = null;
  const session = new Session({
    openGpu: openNodeGpu,
    openStore: async () => ({ store: null, why: '' }),
    emit: (event, data) => {
      if (event === 'frame') frames.push(data as WireFrame);
      if (event === 'state') reason = (data as RunState).reason;
    },
  });
  const { signal } = new AbortController();
  const call = async <K extends keyof Calls>(name: K, args: Parameters<Calls[K]>[0]): Promise<ReturnType<Calls[K]>> =>
    session.calls[name](args as never, signal) as never;

  const { adapter } = await call('hello', undefined);
  process.stderr.write(`adapter: ${adapter.name}\n`);
  const { model } = await call('load', { kind: 'file', file: fileOf(options.model) });
  const { text, chat } = { text: options.prompt, chat: options.chat && model.hasChat };
  const prompt = await call('tokenize', { text, chat });
  const [head, ...others] = options.heads;
  for (const at of options.heads) {
    if (at.layer >= model.layers || at.head >= model.heads) {
      throw new KvError('usage', `--head ${at.layer}.${at.head} is not in this model.`);
    }
  }
  await call('select', head);
  const { lanes, moves, mode, steps } = options;
  const spec = { prompt: prompt.ids, lanes, mode, steps, decode: greedy, stops: [], moves, live: true, heads: true };
  const info = await call('start', spec);
  const rows: AttentionRow[][] = [[]];
  while (reason === null) {
    const { step } = await call('step', undefined);
    rows[step] = [];
    for (const at of others) {
      const row = await call('row', { run: info.run, step, ...at });
      if (row) rows[step].push(row);
    }
    process.stderr.write(`\rstep ${step} of ${steps}`);
  }
  process.stderr.write('\n');
  await session.close();
  return writeRecording({
    ...{
      settings: { text, chat, steps, mode, decode: greedy, lanes, moves },
      model,
      adapter,
      prompt,
      info,
      reason,
      head,
    },
    ...{ modelRef: options.ref ?? basename(options.model), frames, rows },
  });
}

function fileOf(path: string): File {
  try {
    return new File([readFileSync(path)], basename(path));
  } catch (error) {
    throw new KvError('usage', `${path} cannot be read.`, (error as Error).message);
  }
}
