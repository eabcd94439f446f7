import { expect, test } from 'vitest';
import { rowBytes } from '../../../gpu/load/quant/blocks';
import { sha256Of } from '../../../gpu/load/sha256';
import { bytesSource } from '../../../gpu/load/source';
import { readTensorRows } from '../../../gpu/load/stream';
import type { Source, TensorInfo } from '../../../gpu/load/types';

const stride = rowBytes('Q4_1', 64);
const file = Uint8Array.from({ length: 100 + 50 * stride }, (_, i) => i * 7);
const tensor: TensorInfo = { name: 't', type: 'Q4_1', rows: 50, cols: 64, offset: 100, bytes: 50 * stride };

test('rows come whole, in order, in pieces of the asked size', async () => {
  const pieces: [number, number][] = [];
  const all: number[] = [];
  await readTensorRows({ source: bytesSource(file) }, tensor, { pieceBytes: stride * 7 + 3 }, (bytes, row0, rows) => {
    pieces.push([row0, rows]);
    all.push(...bytes);
  });
  expect(pieces).toEqual([
    [0, 7],
    [7, 7],
    [14, 7],
    [21, 7],
    [28, 7],
    [35, 7],
    [42, 7],
    [49, 1],
  ]);
  expect(all).toEqual([...file.subarray(100)]);
});

test('pieces respect the row multiple even when one group is larger than a piece', async () => {
  const rows: number[] = [];
  await readTensorRows(
    { source: bytesSource(file) },
    tensor,
    { pieceBytes: 1, rowMultiple: 16 },
    (_, __, n) => void rows.push(n),
  );
  expect(rows).toEqual([16, 16, 16, 2]);
});

test('the next read is under way while a piece is worked on, and never more than one', async () => {
  let reads = 0;
  let done = 0;
  const source: Source = {
    name: 's',
    size: file.length,
    async read(offset, length) {
      reads++;
      await Promise.resolve();
      return file.subarray(offset, offset + length);
    },
  };
  await readTensorRows({ source }, tensor, { pieceBytes: stride * 10 }, async () => {
    done++;
    expect(reads).toBe(Math.min(5, done + 1));
  });
  expect(done).toBe(5);
});

test('a failing read ahead rejects after the piece before it, and a failing taker stops the reads', async () => {
  let taken = 0;
  const source: Source = {
    name: 's',
    size: file.length,
    async read(offset, length) {
      if (offset > 100 + stride * 10) throw new Error('gone');
      return file.subarray(offset, offset + length);
    },
  };
  const run = readTensorRows({ source }, tensor, { pieceBytes: stride * 10 }, () => void taken++);
  await expect(run).rejects.toThrow('gone');
  expect(taken).toBe(2);
  const stop = readTensorRows({ source: bytesSource(file) }, tensor, { pieceBytes: stride }, () => {
    throw new Error('full');
  });
  await expect(stop).rejects.toThrow('full');
});

test('cancelling between pieces', async () => {
  const stop = new AbortController();
  const run = readTensorRows({ source: bytesSource(file) }, tensor, { pieceBytes: stride, signal: stop.signal }, () =>
    stop.abort(),
  );
  await expect(run).rejects.toMatchObject({ code: 'cancelled' });
});

test('sha256 of a source, with progress', async () => {
  const abc = bytesSource(new TextEncoder().encode('abc'));
  expect(await sha256Of(abc)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  const big = new Uint8Array(9 * 2 ** 20).fill(5);
  const steps: number[] = [];
  const hex = await sha256Of(bytesSource(big), (done) => void steps.push(done));
  const plain = await crypto.subtle.digest('SHA-256', big);
  expect(hex).toBe(Buffer.from(plain).toString('hex'));
  expect(steps).toEqual([4, 8, 9].map((mib) => mib * 2 ** 20));
});
