import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bytesSource, fileSource, urlSource } from '../../../gpu/load/source';

const data = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) % 251);
let base = '';
let requests = 0;

/** Answers by the first path segment; each is one way a server may behave. */
const behaviour: Record<string, (req: IncomingMessage, res: ServerResponse, from: number, to: number) => void> = {
  good: (_, res, from, to) => partial(res, from, to).end(data.subarray(from, to + 1)),
  ignores: (_, res) => res.writeHead(200, { 'content-length': data.length }).end(data),
  html: (_, res) =>
    res.writeHead(206, { 'content-type': 'text/html; charset=utf-8', 'content-range': 'bytes 0-0/9' }).end('<'),
  gated: (_, res) => res.writeHead(401).end('sign in'),
  private: (_, res) => res.writeHead(403).end(),
  missing: (_, res) => res.writeHead(404).end(),
  busy: (req, res, from, to) => (requests % 3 ? res.writeHead(503).end() : behaviour.good(req, res, from, to)),
  broken: (_, res) => res.writeHead(503).end(),
  drops: (req, res, from, to) => {
    if (to - from < 1000) return behaviour.good(req, res, from, to);
    partial(res, from, to).write(data.subarray(from, from + 70_000));
    setTimeout(() => res.destroy(), 20);
  },
  changes: (_, res, from, to) => {
    res.writeHead(206, { 'content-range': `bytes ${from}-${to}/${data.length}`, etag: `"${requests}"` });
    res.end(data.subarray(from, to + 1));
  },
  elsewhere: (_, res, from, to) => partial(res, from + 5, to + 5).end(data.subarray(from + 5, to + 6)),
  hidden: (req, res, from, to) => {
    if (req.method === 'HEAD') return res.writeHead(200, { 'content-length': data.length }).end();
    res.writeHead(206).end(data.subarray(from, to + 1));
  },
};

function partial(res: ServerResponse, from: number, to: number): ServerResponse {
  return res.writeHead(206, { 'content-range': `bytes ${from}-${to}/${data.length}`, etag: '"1"' });
}

const server = createServer((req, res) => {
  requests++;
  const range = /bytes=(\d+)-(\d+)/.exec(req.headers.range ?? '');
  behaviour[(req.url ?? '').split('/')[1]](req, res, Number(range?.[1] ?? 0), Number(range?.[2] ?? 0));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const open = (kind: string) => urlSource(`${base}/${kind}/tiny%20model.gguf?download=true`, { backoff: 5 });

test('ranges of a server that plays along', async () => {
  const source = await open('good');
  expect([source.name, source.size]).toEqual(['tiny model.gguf', data.length]);
  expect(await source.read(123_456, 1000)).toEqual(data.subarray(123_456, 124_456));
  expect(await source.read(data.length, 0)).toEqual(new Uint8Array());
  await expect(source.read(data.length - 1, 2)).rejects.toMatchObject({ code: 'bad-file' });
});

test('a dropped connection is resumed at the byte where it broke', async () => {
  const source = await open('drops');
  requests = 0;
  expect(await source.read(10, 200_000)).toEqual(data.subarray(10, 200_010));
  expect(requests).toBe(3);
});

test('a busy server is asked again, and given up on in the end', async () => {
  requests = 0;
  const source = await urlSource(`${base}/busy/x`, { backoff: 5 }).catch((e) => e);
  expect(source).toMatchObject({ code: 'network' });
  requests = 2;
  const second = await open('busy');
  requests = 0;
  expect((await second.read(0, 10)).length).toBe(10);
  expect(requests).toBe(3);
  await expect(open('broken')).rejects.toMatchObject({ code: 'network', message: expect.stringContaining('503') });
});

test.each([
  ['ignores', 'bad-file', 'parts'],
  ['html', 'bad-file', 'web page'],
  ['gated', 'gated', '401'],
  ['private', 'gated', '403'],
  ['missing', 'network', 'not found'],
])('%s: refused as %s', async (kind, code, says) => {
  await expect(open(kind)).rejects.toMatchObject({ code, message: expect.stringContaining(says) });
});

test('a file that changes, or other bytes than asked for, are refused', async () => {
  const changing = await open('changes');
  await expect(changing.read(0, 10)).rejects.toMatchObject({
    code: 'bad-file',
    message: expect.stringContaining('changed'),
  });
  await expect(open('elsewhere')).rejects.toMatchObject({ code: 'bad-file' });
});

test('the size comes from HEAD where Content-Range is hidden', async () => {
  const source = await open('hidden');
  expect(source.size).toBe(data.length);
  expect(await source.read(5, 5)).toEqual(data.subarray(5, 10));
});

test('no server, or one that forbids the page to read', async () => {
  await expect(urlSource('http://127.0.0.1:9/x', { backoff: 1 })).rejects.toMatchObject({ code: 'network' });
});

test('cancelling a download, also between retries', async () => {
  const stop = new AbortController();
  const source = await open('drops');
  const read = source.read(0, 250_000, stop.signal);
  setTimeout(() => stop.abort(), 10);
  await expect(read).rejects.toMatchObject({ code: 'cancelled' });
  const waiting = urlSource(`${base}/broken/x`, { backoff: 60_000, signal: AbortSignal.timeout(50) });
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
});

test('files and bytes: slices, bounds, cancelling', async () => {
  for (const source of [fileSource(new Blob([data]), 'f.gguf'), bytesSource(data, 'f.gguf')]) {
    expect(source.size).toBe(data.length);
    expect(await source.read(7, 3)).toEqual(data.subarray(7, 10));
    for (const [offset, length] of [
      [-1, 2],
      [data.length, 1],
      [0.5, 1],
      [0, Number.NaN],
      [2 ** 60, 2 ** 60],
    ]) {
      await expect(source.read(offset, length)).rejects.toMatchObject({ code: 'bad-file' });
    }
    await expect(source.read(0, 1, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  }
});
