import { expect, test } from 'vitest';
import { checkForModel } from '../../../../gpu/kv/check';
import { effectiveBits } from '../../../../gpu/kv/footprint';
import { formatLane, parseLane } from '../../../../gpu/kv/lane';

/** SmolLM2-135M, text v3: a prompt of 168 tokens, 336 fed tokens. */
const DIMS = { layers: 30, heads: 9, kvHeads: 3, headDim: 64 };
const [PROMPT, FED] = [168, 336];

/** Lanes with bits of K and V at the end, of an independent implementation; every lane comes back from its string. */
export function holdBits(rows: [string, number, number][]): void {
  test.each(rows)('%s: K %d, V %d bits', (lane, k, v) => {
    const config = parseLane(lane);
    checkForModel(config, DIMS.headDim);
    const bits = effectiveBits(config, DIMS, FED, PROMPT);
    expect(bits.k).toBeCloseTo(k, 3);
    expect(bits.v).toBeCloseTo(v, 3);
    expect(parseLane(formatLane(config))).toEqual(config);
  });
}
