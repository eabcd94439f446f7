import type { Server } from 'node:http';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import type { OpenPage } from '../setup/page';
import { openPage, RECORDING } from '../setup/page';
import { reach } from './live-page';

let server: Server;
let site = '';
/** A file of the site as it is answered now; null = as built. */
let change: (path: string, content: Buffer) => Buffer | null;
let opened: OpenPage | null = null;

/** The built page behind a server that can be stopped, and that can change. */
beforeEach(async () => {
  change = () => null;
  server = createServer((request, answer) => {
    const path = (request.url ?? '/').slice(1);
    get(inject('pageUrl') + path, async (built) => {
      const pieces: Buffer[] = [];
      for await (const piece of built) pieces.push(piece);
      const content = Buffer.concat(pieces);
      const body = change(path.replace(/\?.*/, ''), content);
      answer.writeHead(body ? 200 : (built.statusCode ?? 500), {
        'Content-Type': built.headers['content-type'] ?? '',
        ETag: '"e1"',
      });
      answer.end(body ?? content);
    });
  });
  await listen(0);
});
afterEach(async () => {
  await opened?.close();
  opened = null;
  await stop();
});

async function listen(port: number): Promise<void> {
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function stop(): Promise<void> {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
}

/** A visit after which the worker is there. */
async function visit() {
  opened = await openPage();
  const { page } = opened;
  await page.goto(site + RECORDING);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  return page;
}

it('a later visit works without a connection: the page, its engine, its recordings', async () => {
  const page = await visit();
  await stop();
  await page.goto(`${site}?again&${RECORDING.slice(1)}`);
  await reach(page, 2);
  await page.getByRole('combobox', { name: 'Recordings' }).selectOption('slider-moves');
  await page.locator('.recording-what', { hasText: 'Sliders moved' }).waitFor();
  await page.getByRole('button', { name: 'Run it live' }).click();
  await page.getByRole('dialog', { name: 'Choose a model' }).waitFor();
  expect(await page.getByText(/engine did not start/).count()).toBe(0);
  server = createServer();
  await listen(0);
});

it('an update is seen with the next load, and replaces what was kept', async () => {
  const page = await visit();
  const edition = () => page.evaluate(() => document.documentElement.dataset.edition);
  expect(await edition()).toBeUndefined();
  change = (path, content) => {
    if (path === 'sw.js') return Buffer.from(content.toString().replace(/VERSION = "\w+"/, 'VERSION = "second"'));
    return path === '' || path === 'index.html'
      ? Buffer.from(content.toString().replace('<html', '<html data-edition="second"'))
      : null;
  };
  await page.reload();
  expect(await edition()).toBe('second');
  // The new worker takes over when the last tab of the old one is gone.
  await page.evaluate(() => navigator.serviceWorker.register('sw.js').then((r) => r.update()));
  await expect
    .poll(() => page.evaluate(() => caches.keys().then((names) => names.length)), { timeout: 30_000 })
    .toBe(2);
  await expect
    .poll(
      async () => {
        await page.goto('about:blank');
        await page.goto(site);
        return page.evaluate(() => caches.keys().then((names) => names.map((name) => name.split(' ')[2])));
      },
      { timeout: 30_000 },
    )
    .toEqual(['second']);
});

it('models of the site are kept, and answered by ranges', async () => {
  change = (path, content) => {
    if (path === 'models/lamp.gguf') return Buffer.from(Uint8Array.from({ length: 1000 }, (_, i) => i % 251));
    return path === 'sw.js'
      ? Buffer.from(content.toString().replace(/MODELS = \[[^\]]*\]/, 'MODELS = ["models/lamp.gguf"]'))
      : null;
  };
  const page = await visit();
  await page.reload();
  await stop();
  const ask = (range: string) =>
    page.evaluate(async (header) => {
      const answer = await fetch('models/lamp.gguf', { headers: { Range: header } });
      const { status, headers } = answer;
      return [
        status,
        headers.get('content-range'),
        headers.get('etag'),
        [...new Uint8Array(await answer.arrayBuffer())],
      ];
    }, range);
  expect(await ask('bytes=250-253')).toEqual([206, 'bytes 250-253/1000', '"e1"', [250, 0, 1, 2]]);
  expect(await ask('bytes=998-')).toEqual([206, 'bytes 998-999/1000', '"e1"', [245, 246]]);
  expect((await ask('bytes=1000-'))[0]).toBe(416);
  server = createServer();
  await listen(0);
});
