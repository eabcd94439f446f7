import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Absolute path of a file of the project, for tests in Node. */
export function project(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** Absolute path of something in the `shared` folder beside the project: models and goldens too large for the repository. */
export function shared(path: string): string {
  return project(`../shared/${path}`);
}

/** For `test.skipIf(!hasShared('models/x.gguf'))`: such a test shows as skipped where the folder is absent. */
export function hasShared(path: string): boolean {
  return existsSync(shared(path));
}
