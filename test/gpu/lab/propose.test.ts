import { describe, expect, it } from 'vitest';
import type { Wish } from '../../../gpu/lab/advice/propose';
import { propose } from '../../../gpu/lab/advice/propose';
import { adviceOf, isOutside, rowsFor } from '../../../gpu/lab/advice/scenes';
import type { ModelTraits } from '../../../gpu/lab/advice/traits';
import { weightCount } from '../../../gpu/lab/advice/traits';
import { biasFacts, warningsFor } from '../../../gpu/lab/advice/warnings';

/** SmolLM2-135M. */
const smol: ModelTraits = {
  ...{ layers: 30, heads: 9, kvHeads: 3, headDim: 64, hidden: 576, ffn: 1536, vocab: 49152 },
  ...{ qkvBias: false, qkNorm: false },
};
const wish: Wish = { scene: 'qa', length: 100, budget: null, matters: 'quality' };
const lanes = (w: Partial<Wish>, model = smol) => propose({ ...wish, ...w }, model).proposals.map(({ lane }) => lane);

describe('rows of the published matrix', () => {
  it('add the row of the length to that of the scene', () => {
    expect(rowsFor('qa', 100).map(({ id }) => id)).toEqual(['qa']);
    expect(rowsFor('qa', 8192).map(({ id }) => id)).toEqual(['qa', 'long']);
    expect(rowsFor('chat', 40_000).map(({ id }) => id)).toEqual(['chat', 'very-long']);
    expect(rowsFor('long', 8192).map(({ id }) => id)).toEqual(['long']);
  });
  it('know the length they were written for', () => {
    expect(isOutside(adviceOf('qa'), 128)).toBe(false);
    expect(isOutside(adviceOf('qa'), 129)).toBe(true);
    expect(isOutside(adviceOf('chat'), 1000)).toBe(true);
    expect(isOutside(adviceOf('reasoning'), 5)).toBe(false);
  });
});

describe('proposals', () => {
  it('begin with the published picks and are at most six, all different', () => {
    for (const matters of ['quality', 'memory', 'speed'] as const)
      for (const scene of ['qa', 'summary', 'reasoning', 'chat', 'long', 'very-long'] as const) {
        const found = lanes({ scene, matters, length: 5000 });
        expect(found.length).toBeLessThanOrEqual(6);
        expect(found.length).toBeGreaterThanOrEqual(4);
        expect(new Set(found).size).toBe(found.length);
        expect(found[0]).toBe(adviceOf(scene).picks[0].lane);
      }
    expect(lanes({}).slice(0, 2)).toEqual(['k=8 v=8', 'k=4 v=4']);
  });

  it('count bytes of the loaded model: K8 V8 with scale and minimum is 9 bits of 16', () => {
    const { proposals, fp16 } = propose(wish, smol);
    expect(fp16).toBe(30 * 3 * 64 * 100 * 4);
    expect(proposals[0].bytes).toBe((fp16 * 9) / 16);
  });

  it('keep within the budget and say which published pick falls out', () => {
    const budget = 30 * 3 * 64 * 100 * 4 * 0.4;
    const { proposals, left } = propose({ ...wish, budget }, smol);
    expect(proposals.length).toBeGreaterThan(0);
    for (const { bytes } of proposals) expect(bytes).toBeLessThanOrEqual(budget);
    expect(left).toEqual([{ published: '8 / 8', why: 'it is larger than the budget' }]);
    expect(propose({ ...wish, budget: 1 }, smol).proposals).toEqual([]);
  });

  it('put keys by channel or rotated first where the key has a bias', () => {
    const biased = lanes({ scene: 'summary' }, { ...smol, qkvBias: true });
    expect(biased[0]).toBe('k=8 v=4');
    expect(biased[1]).toMatch(/llamacpp|kivi|quarot/);
  });

  it('exchange K and V of the first uneven pair', () => {
    expect(propose({ ...wish, scene: 'summary' }, smol).swapped).toEqual({ lane: 'k=4 v=8', of: 'k=8 v=4' });
  });

  it('leave out what the heads of a model do not take', () => {
    const odd = propose({ ...wish, scene: 'summary' }, { ...smol, headDim: 80 });
    expect(odd.left.map(({ published }) => published)).toEqual(['8 / 4']);
  });
});

describe('warnings', () => {
  const ids = (model: ModelTraits) => warningsFor(model).map(({ id }) => id);
  it('follow the header', () => {
    expect(ids(smol)).toEqual(['small', 'head-dim']);
    const qwen = { ...smol, heads: 14, kvHeads: 2, qkvBias: true };
    expect(ids(qwen)).toEqual(['key-bias', 'shared-keys', 'small', 'head-dim']);
    expect(ids({ ...smol, hidden: 4096, ffn: 14336, layers: 32, headDim: 128, heads: 32, kvHeads: 8 })).toEqual([]);
    expect(ids({ ...smol, qkNorm: true })).toContain('qk-norm');
  });
  it('count about the weights in the name', () => {
    expect(weightCount(smol) / 1e6).toBeCloseTo(134.5, 0);
  });
  it('say how large the bias is here, and whether heads rest on the first token', () => {
    expect(biasFacts([20, 605, 22])).toEqual({ largest: 605, layer: 1, median: 22 });
    expect(biasFacts([])).toBeNull();
    const facts = { bias: biasFacts([20, 605, 22]), sinkHeads: 0.5 };
    const found = warningsFor({ ...smol, qkvBias: true }, facts);
    expect(found[0].text).toContain('605 in layer 1, 22 in the median layer');
    expect(found.at(-1)?.title).toBe('50 % of the heads rest on the first token');
  });
});
