import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CacheConfig } from '../../../gpu/kv/config';
import { defaultConfig, shadowConfig } from '../../../gpu/kv/config';
import { openGguf } from '../../../gpu/load/gguf';
import { pathSource } from '../../../gpu/load/node-source';
import { logSumExp } from '../../../gpu/measure/divergence';
import type { Forward, Reference } from '../../../gpu/reference/model';
import { createReference } from '../../../gpu/reference/model';

const PLAIN = new URL('../../../../shared/golden/plain.json', import.meta.url);
const MODEL = new URL('../../../../shared/models/SmolLM2-135M-Instruct.Q4_1.gguf', import.meta.url);
const isHere = existsSync(PLAIN) && existsSync(MODEL);

/** Rows of an independent PyTorch forward pass of the same file; the text is cut so that the test stays short. */
describe.skipIf(!isHere)('SmolLM2-135M against PyTorch', () => {
  const LENGTH = 35;
  const golden = isHere ? JSON.parse(readFileSync(PLAIN, 'utf8')).texts.v1 : null;
  let reference: Reference;

  beforeAll(async () => {
    const source = await pathSource(fileURLToPath(MODEL));
    reference = await createReference(await openGguf(source));
    await source.close();
  }, 60_000);

  const caches: [string, CacheConfig, number][] = [
    ['f32', { ...defaultConfig(32, 32) }, 0.01],
    ['f16', shadowConfig(), 0.05],
  ];

  test.each(caches)(
    '%s cache',
    (name, config, tolerance) => {
      const result = reference.forward(golden.ids.slice(0, LENGTH), { config });
      const rows = Object.entries<GoldenRow>(golden[name].pos).filter(([position]) => Number(position) < LENGTH);
      expect(rows.length).toBeGreaterThan(3);
      const worst = Math.max(...rows.map(([position, row]) => compare(result, Number(position), row)));
      expect(worst).toBeLessThan(tolerance);
    },
    60_000,
  );

  interface GoldenRow {
    top: number[];
    logit: number[];
    lse: number;
    logprob_next?: number;
  }

  function compare({ logits }: Forward, position: number, row: GoldenRow): number {
    const ours = logits[position];
    const lse = logSumExp(ours);
    const next = row.logprob_next === undefined ? 0 : ours[golden.ids[position + 1]] - lse - row.logprob_next;
    return Math.max(
      Math.abs(lse - row.lse),
      Math.abs(next),
      ...row.top.map((id, i) => Math.abs(ours[id] - row.logit[i])),
    );
  }
});
