import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { KvError } from '../gpu/errors';

/** The file of the model that comes with the page. Errors: usage where it is missing. */
export function bundledModel(): string {
  const path = join(process.env.KVSCOPE_ROOT ?? '.', 'public', 'models', 'pocket.gguf');
  if (existsSync(path)) return path;
  throw new KvError('usage', 'no model given', 'The bundled model is not there.', 'Name a GGUF file with --model.');
}
