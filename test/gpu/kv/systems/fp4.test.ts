import { expect, test } from 'vitest';
import { layoutOf } from '../../../../gpu/kv/arena';
import { formatLane, parseLane } from '../../../../gpu/kv/lane';

test.each([
  ['system=nvfp4', 4.5, { codec: 'nvfp4', group: 16 }],
  ['system=nvfp4 global=1', 4.5, { own: { global: 1 } }],
  ['system=mxfp4', 4.25, { codec: 'mxfp4', group: 32 }],
  ['system=mxfp4 variant=sglang', 4.5, { group: 16, own: { rule: 'ceil' } }],
])('%s', (lane, bits, side) => {
  const config = parseLane(lane);
  expect(config).toMatchObject({ k: side, v: side, prefill: 'quant', self: 'quant' });
  expect(layoutOf(config.k, 64).bits).toBe(bits);
  expect(formatLane(config)).toBe(lane);
  expect(parseLane(formatLane(config))).toEqual(config);
});
