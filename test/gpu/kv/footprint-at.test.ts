import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../gpu/kv/catalog';
import { shadowConfig } from '../../../gpu/kv/config';
import { footprint } from '../../../gpu/kv/footprint';
import { footprintAt } from '../../../gpu/kv/footprint-at';
import { parseLane } from '../../../gpu/kv/lane';

const dims = { layers: 2, heads: 9, kvHeads: 3, headDim: 64 };
const at = (words: string, tokens: number) => footprintAt(parseLane(words), dims, tokens);
/** Bytes of one row of keys and values at FP16. */
const ROW = 2 * 3 * 64 * 4;

describe('what a lane takes at a length', () => {
  test('is the footprint where all rows stay', () => {
    const config = parseLane('k=4 v=2');
    expect(at('k=4 v=2', 4096)).toEqual({
      ...{ bytes: footprint(config, dims, 4096).total, fp16: 4096 * ROW },
      ...{ bits: 4, isApproximate: false },
    });
    expect(footprintAt(shadowConfig(), dims, 100)).toMatchObject({ bytes: 100 * ROW, bits: 16 });
  });

  test('counts the rows that an eviction keeps', () => {
    expect(at('system=streaming sinks=4 recent=508', 4096)).toEqual({
      ...{ bytes: 512 * ROW, fp16: 4096 * ROW, bits: 2, isApproximate: true },
    });
    expect(at('system=streaming sinks=4 recent=508', 100)).toMatchObject({ bytes: 100 * ROW, bits: 16 });
    expect(at('system=h2o heavy=24 recent=40', 640)).toMatchObject({ bytes: 64 * ROW });
    expect(at('system=snapkv cap=256', 1024)).toMatchObject({ bytes: 256 * ROW, bits: 4 });
    expect(at('system=knorm ratio=0.75', 1024)).toMatchObject({ bytes: 256 * ROW });
  });

  test('counts the copies of rows that are kept once per query head', () => {
    expect(at('system=snapkv cap=256 heads=query', 1024)).toMatchObject({ bytes: 3 * 256 * ROW, bits: 12 });
    expect(at('system=snapkv cap=256 heads=query then=kivi4', 1024)?.bytes).toBe(
      3 * (at('system=snapkv cap=256 then=kivi4', 1024)?.bytes ?? 0),
    );
    expect(at('system=snapkv cap=256 heads=query', 100)).toMatchObject({ bytes: 3 * 100 * ROW, bits: 48 });
  });

  test('goes between the classes of tokens by their share', () => {
    const [all, none, half] = [1, 0, 0.5].map((share) => at(`system=zipcache loRatio=${share}`, 1000)?.bytes ?? 0);
    expect(all).toBeLessThan(none);
    expect(half).toBeCloseTo((all + none) / 2, 6);
  });

  test('says nothing where the text or the weights decide', () => {
    expect(at('system=simlayerkv', 4096)).toBeNull();
    expect(at('system=qwc', 4096)).toBeNull();
  });

  test.each(catalogue.system.map(({ id }) => id))('%s is never larger than FP16 at a great length', (id) => {
    const found = at(`system=${id}`, 131_072);
    if (!found) return;
    expect(found.bytes).toBeGreaterThan(0);
    expect(found.bytes).toBeLessThanOrEqual(found.fp16);
    expect(found.bits).toBeLessThanOrEqual(16);
  });
});
