import { afterAll, afterEach, beforeAll } from 'vitest';
import type { TinyOptions } from '../fixtures/tiny-gguf';
import type { OpenOptions, OpenPage } from '../setup/page';
import { openPage } from '../setup/page';
import { modelFolder } from './live-page';

export const PROMPT = 'The lamp had burned all night and the keeper slept';

/** Pages of one test file, closed after each test, and a small model of its own in a folder that goes when the file is done. */
export function withModel(tiny: TinyOptions = {}) {
  const opened: OpenPage[] = [];
  const made = { folder: null as unknown as Awaited<ReturnType<typeof modelFolder>>, model: '' };
  beforeAll(async () => {
    made.folder = await modelFolder();
    made.model = await made.folder.tiny('small-lamp.gguf', { context: 512, ...tiny });
  });
  afterAll(() => made.folder.remove());
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });
  async function open(options: OpenOptions = {}): Promise<OpenPage> {
    const one = await openPage({ permissions: ['clipboard-read', 'clipboard-write'], ...options });
    opened.push(one);
    return one;
  }
  return { made, open };
}
