import { openGpu } from '../../../gpu/device';
import { openEngine } from '../../../gpu/engine';
import { openGguf } from '../../../gpu/load/gguf';
import { bytesSource } from '../../../gpu/load/source';
import { openTokenizer } from '../../../gpu/load/tokenizer';
import type { LabWork } from '../../../workers/lab/lab';
import { onGpu } from '../../../workers/session/maker';
import { summaryOf } from '../../../workers/session/model';
import type { TinyOptions } from '../../fixtures/tiny-gguf';
import { tinyGguf } from '../../fixtures/tiny-gguf';

/** A random model in the hands of the lab. */
export async function tinyLab(options: TinyOptions = {}): Promise<LabWork & { free: () => void }> {
  const file = await openGguf(bytesSource(tinyGguf({ types: 'F16', ...options })));
  const engine = await openEngine(await openGpu(), file);
  const model = { file, tokenizer: openTokenizer(file.metadata) };
  const summary = summaryOf({ ...model, sha256: '', kept: false, keptWhy: '' }, 0, 0);
  const free = () => engine.weights.buffers.destroy();
  return { maker: onGpu(engine), model: { ...model, summary }, progress: () => {}, free };
}
