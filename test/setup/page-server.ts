import { rm } from 'node:fs/promises';
import { build, preview } from 'vite';
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
  const output = { outDir, emptyOutDir: true };
  const shared = { root, mode: 'production', logLevel: 'warn' as const, build: output };
  await build(shared);
  const server = await preview({ ...shared, preview: { host: '127.0.0.1', port: 4190, open: false } });
  const address = server.httpServer.address();
  if (!address || typeof address === 'string') throw new Error('The preview server has no port.');
  run.provide('pageUrl', `http://127.0.0.1:${address.port}/`);
  return async () => {
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  };
}
