import type { ModelConfig } from '../model/config';
import type { EffectiveBits, LaneBytes } from '../run-types';
import { CLASS_WORDS, CLASSES } from './arena';
import type { SidePlan } from './side-plan';

interface SideBytes {
  codes: number;
  meta: number;
  exact: number;
  originals: number;
  reserved: number;
  /** Bits per live value as counted: no words rounded up. */
  bits: number;
}

/** Bytes of one side over all layers: what live rows occupy, and what was allocated. */
function sideBytes(plan: SidePlan, model: ModelConfig): SideBytes {
  const { coded, exact, originals } = plan.census();
  const perWord = 4 * model.layers;
  const rowBits = plan.config.k.codec === 'f32' ? 32 : 16;
  const rowWords = (model.kvHeads * model.headDim * rowBits) / 32;
  const counted = coded.reduce((sum, { class: c, rows }) => sum + rows * c.layout.bits, exact * rowBits);
  const out: SideBytes = {
    bits: plan.length === 0 ? 0 : counted / plan.length,
    codes: 0,
    meta: 0,
    exact: exact * rowWords * perWord,
    originals: originals * rowWords * perWord,
    reserved: (plan.arena.codeWords + plan.arena.scaleWords) * perWord,
  };
  for (const { class: c, rows } of coded) {
    const words = rows * model.kvHeads * c.layout.codeWords * perWord;
    if (c.side.codec === 'f16' || c.side.codec === 'f32') out.exact += words;
    else out.codes += words;
    out.meta += (rows / c.layout.blockTokens) * model.kvHeads * c.layout.scaleWords * perWord;
  }
  return out;
}

/** Tables of one lane: slot entries of both sides and its class table. */
const tableBytes = (tokens: number): number => tokens * 2 * 4 + 2 * CLASSES * CLASS_WORDS * 4;

/** Bytes and effective bits (rows only, no tables, as in `footprint`) of one lane after the tokens its plans hold. */
export function laneBytes(plans: SidePlan[], model: ModelConfig): { bytes: LaneBytes; effectiveBits: EffectiveBits } {
  const tokens = plans[0].length;
  const [k, v] = plans.map((plan) => sideBytes(plan, model));
  const values = tokens * model.layers * model.kvHeads * model.headDim;
  const stored = (s: SideBytes) => s.codes + s.meta + s.exact;
  const tables = tableBytes(tokens);
  const total = stored(k) + stored(v) + tables;
  const originals = (plan: SidePlan, s: SideBytes) => (plan.originalsClass === null ? 0 : s.originals);
  return {
    bytes: {
      codes: k.codes + v.codes,
      meta: k.meta + v.meta,
      exact: k.exact + v.exact,
      tables,
      total,
      reserved: k.reserved + v.reserved + tableBytes(plans[0].cap),
      instrumentation: originals(plans[0], k) + originals(plans[1], v),
      fp16: values * 2 * 2,
      k: stored(k),
      v: stored(v),
    },
    effectiveBits: {
      k: k.bits,
      v: v.bits,
      mean: (k.bits + v.bits) / 2,
      packedMean: values === 0 ? 0 : ((stored(k) + stored(v)) * 8) / (values * 2),
    },
  };
}
