import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';
import { project } from './env';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the built page, with a trailing slash. */
    pageUrl: string;
  }
}

/** Once per run: a fresh production build, served by Vite's preview server. */
export default async function setup(run: TestProject): Promise<() => Promise<void>> {
  const root = project('.');
  // A folder of its own: never replaces what somebody is serving from dist/, nor the page of another test run.
  const outDir = project(`.cache/page-${process.pid}`);
  // A process of its own, because inside vitest NODE_ENV is `test` and React would be its development build.
  const env = { ...process.env, NODE_ENV: 'production' };
  const command = [project('node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn', '--outDir', outDir];
  const built = spawnSync(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (built.status !== 0) throw new Error('The page does not build; the reason is above.');
  const server = await preview({
    root,
    logLevel: 'warn',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 4190, open: false },
  });
  const address = server.httpServer.address();
  if (!address || typeof address === 'string') throw new Error('The preview server has no port.');
  run.provide('pageUrl', `http://127.0.0.1:${address.port}/`);
  return async () => {
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  };
}
