import { describe, expect, it } from 'vitest';
import { toPlain } from '../../../gpu/errors';
import { f16ToNumber } from '../../../gpu/load/f16';
import type { AttentionRow } from '../../../gpu/run-types';
import { HEAD_MEASURES } from '../../../gpu/run-types';
import { pack, unpack } from '../../../workers/recording/container';
import { readRecording } from '../../../workers/recording/read';
import { writeRecording } from '../../../workers/recording/write';
import { runToRecord } from './run-to-record';

const STEPS = 9;
const run = runToRecord(STEPS);
const file = await writeRecording(run);
const refusal = (bytes: Uint8Array) => {
  try {
    readRecording(bytes);
    return 'taken';
  } catch (error) {
    return toPlain(error).code;
  }
};
/** A head as somebody else may have written it. */
// biome-ignore lint/suspicious/noExplicitAny: any field may be spoilt
type Loose = any;
const changed = (at: number, by = 1) => file.map((byte, i) => (i === at ? byte ^ by : byte));

describe('round trip', () => {
  const back = readRecording(file);
  const frames = run.frames.map((_, step) => back.frame(step, 7));

  it('gives back what the run was, to the word', () => {
    const { frames: _, rows: __, info, ...facts } = run;
    expect(back).toMatchObject(facts);
    expect({ ...back.info, run: 7 }).toEqual(info);
    expect(back.count).toBe(STEPS);
    expect(back.receipt.steps).toBe(STEPS);
  });

  it('keeps every number by step to the bit, and the text', () => {
    const exact = ({ lanes, pieces, position, token, step, ms }: (typeof frames)[number]) => ({
      ...{ pieces, position, token, step },
      ms: [Math.fround(ms.step), Math.fround(ms.host)],
      lanes: lanes.map((lane) => ({
        ...lane,
        ...{ kl: Math.fround(lane.kl), nll: Math.fround(lane.nll), dp: Math.fround(lane.dp) },
        top: lane.top.map((t) => [t.id, Math.fround(t.logp), Math.fround(t.other)]),
      })),
    });
    expect(frames.map(exact)).toEqual(run.frames.map(exact));
    expect(frames.map((frame) => frame.labels)).toEqual(run.frames.map((frame) => frame.labels));
    expect(new Set(frames.map((frame) => frame.lanes[2].kl))).toEqual(new Set([0]));
  });

  it('keeps NaN where there is no number', async () => {
    const parted = runToRecord(3);
    parted.frames[1].lanes[1].kl = Number.NaN;
    parted.frames[2].lanes[0].nll = Number.NaN;
    const again = readRecording(await writeRecording(parted));
    expect(again.frame(1, 1).lanes[1].kl).toBeNaN();
    expect(again.frame(2, 1).lanes[0].nll).toBeNaN();
  });

  it('rounds head measures to what a chart can tell, and leaves missing ones out', () => {
    const stride = HEAD_MEASURES.length;
    expect(frames[0].heads.length).toBe(0);
    for (const step of [1, 4, 8]) {
      const [mine, theirs] = [frames[step].heads, run.frames[step].heads];
      expect(mine.length).toBe(theirs.length);
      mine.forEach((value, i) => {
        const name = HEAD_MEASURES[i % stride];
        const exact = theirs[i];
        if (name === 'tv' || name === 'js') {
          if (exact < 5e-5) expect(value).toBe(0);
          else if (exact > 5e-4) expect(Math.abs(value / exact - 1)).toBeLessThan(0.005);
        } else if (name !== 'flip') {
          expect(Math.abs(value - exact)).toBeLessThanOrEqual(name === 'entropyChange' ? 0.00501 : 0.000501);
        }
      });
    }
  });

  it('keeps the rows of every head that was kept, within half a percent', () => {
    const near = (mine: AttentionRow | null, theirs: AttentionRow | null) => {
      expect([mine?.layer, mine?.head, mine?.length]).toEqual([theirs?.layer, theirs?.head, theirs?.length]);
      theirs?.lanes.forEach((lane, n) => {
        lane.forEach((bits, key) => {
          const exact = f16ToNumber(bits);
          const value = f16ToNumber(mine?.lanes[n][key] ?? 0);
          if (exact < 5e-5) expect(value).toBeLessThan(5.1e-5);
          else expect(Math.abs(value / exact - 1)).toBeLessThan(0.006);
        });
        expect(Math.max(...theirs.bins[n].map((b, i) => Math.abs(b - (mine?.bins[n][i] ?? 0))))).toBeLessThan(1e-4);
      });
    };
    for (const step of [1, 2, 8]) near(frames[step].row, run.frames[step].row);
    near(back.row(2, 3, 4), run.rows?.[2][0] ?? null);
    expect(back.row(3, 3, 4)).toBeNull();
    expect(back.row(0, 7, 4)).toBeNull();
    expect(back.heads).toEqual([
      { layer: 7, head: 4 },
      { layer: 3, head: 4 },
    ]);
  });

  it('writes the same file again from what it read', async () => {
    const rows = frames.map(({ step }) => [back.row(step, 3, 4)].filter((row) => row !== null));
    const again = readRecording(await writeRecording({ ...back, frames, rows }));
    expect(again.receipt).toEqual(back.receipt);
    expect(again.frame(4, 7).heads).toEqual(frames[4].heads);
  });
});

describe('bad files', () => {
  it('cut at every section, and at every byte of the preamble', () => {
    const { head } = unpack(file);
    const sections = head.sections as [string, number, number][];
    let end = file.length;
    const ends = sections.toReversed().map(([, packed]) => (end -= packed));
    for (const at of [
      ...ends,
      ...ends.map((e) => e + 1),
      ...Array.from({ length: 50 }, (_, i) => i),
      file.length - 1,
    ]) {
      if (at < file.length) expect([at, refusal(file.slice(0, at))]).toEqual([at, 'bad-recording']);
    }
  });

  it('any byte changed', () => {
    for (let at = 0; at < file.length; at += at < 64 ? 1 : 97) {
      const isHighVersion = at === 6 || at === 7;
      expect([at, refusal(changed(at, 0x10))]).toEqual([at, isHighVersion ? 'newer-recording' : 'bad-recording']);
    }
  });

  it('of a newer version, named', () => {
    expect(() => readRecording(changed(6, 3))).toThrow(/newer than this page/);
  });

  it('of another kind, or with more at the end', () => {
    expect(refusal(new TextEncoder().encode('GGUF and more'.repeat(99)))).toBe('bad-recording');
    expect(refusal(new Uint8Array([...file, 0]))).toBe('bad-recording');
    expect(refusal(new Uint8Array(0))).toBe('bad-recording');
  });

  it.each([
    ['a lane this page does not know', (h: Loose) => (h.settings.lanes[0] = 'k=4 v=2 magic=9'), /magic/],
    ['a move of a lane that is not there', (h: Loose) => (h.settings.moves = '5.1.k.4.all'), /lane/],
    ['a field that is missing', (h: Loose) => delete h.model.layers, /model\.layers/],
    ['a number that is none', (h: Loose) => (h.info.cap = 'many'), /info\.cap/],
    ['counts that do not agree', (h: Loose) => (h.count = 8), /agree/],
    ['more layers than it has numbers for', (h: Loose) => (h.model.layers = 31), /heads/],
    ['a receipt of another run', (h: Loose) => (h.receipt.kl = '00000000'), /receipt/],
  ])('written with %s', async (_, spoil, words) => {
    const { head, sections } = unpack(file);
    spoil(head);
    const bad = await pack({ head, sections });
    expect(() => readRecording(bad)).toThrowError(expect.objectContaining({ why: expect.stringMatching(words) }));
  });

  it('without one of its sections', async () => {
    for (const name of unpack(file).sections.keys()) {
      const { head, sections } = unpack(file);
      sections.delete(name);
      expect([name, refusal(await pack({ head, sections }))]).toEqual([name, 'bad-recording']);
    }
  });
});
