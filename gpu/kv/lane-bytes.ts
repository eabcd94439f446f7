import type { ModelConfig } from '../model/config';
import type { EffectiveBits, LaneBytes } from '../run-types';
import { CLASS_ROWS, CLASS_WORDS } from './arena';
import { isExact } from './config';
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
function sideBytes(plan: SidePlan, { layers, kvHeads, headDim }: ModelConfig): SideBytes {
  const { coded, exact, originals } = plan.census();
  const rowBits = plan.config.k.codec === 'f32' ? 32 : 16;
  const rowBytes = (layers * kvHeads * headDim * rowBits) / 8;
  const out: SideBytes = {
    bits: exact * rowBits * layers,
    codes: 0,
    meta: 0,
    exact: exact * rowBytes,
    originals: originals * rowBytes,
    reserved: 0,
  };
  for (let l = 0; l < layers; l++) {
    const words = plan.arena.words(l);
    out.reserved += (words.codes + words.scales) * 4;
    for (const { class: c, rows } of coded) {
      const { side, layout } = c.layers[l];
      const bytes = rows * kvHeads * layout.codeWords * 4;
      if (isExact(side)) out.exact += bytes;
      else out.codes += bytes;
      if (rows > 0) out.meta += (layout.headerWords ?? 0) * 4;
      out.meta += (rows / layout.blockTokens) * kvHeads * layout.scaleWords * 4;
      out.bits += rows * layout.bits;
    }
  }
  return { ...out, bits: plan.length === 0 ? 0 : out.bits / plan.length / layers };
}

/** Tables of one lane: slot entries of both sides and its class tables. */
const tableBytes = (tokens: number, layers: number): number =>
  tokens * 2 * 4 + layers * 2 * CLASS_ROWS * CLASS_WORDS * 4;

/** Bytes and effective bits (rows only, no tables, as in `footprint`) of one lane after the tokens its plans hold. */
export function laneBytes(plans: SidePlan[], model: ModelConfig): { bytes: LaneBytes; effectiveBits: EffectiveBits } {
  const tokens = plans[0].length;
  const [k, v] = plans.map((plan) => sideBytes(plan, model));
  const values = tokens * model.layers * model.kvHeads * model.headDim;
  const stored = (s: SideBytes) => s.codes + s.meta + s.exact;
  const tables = tableBytes(tokens, model.layers);
  const total = stored(k) + stored(v) + tables;
  const originals = (plan: SidePlan, s: SideBytes) => (plan.originalsClass === null ? 0 : s.originals);
  return {
    bytes: {
      codes: k.codes + v.codes,
      meta: k.meta + v.meta,
      exact: k.exact + v.exact,
      tables,
      total,
      reserved: k.reserved + v.reserved + tableBytes(plans[0].cap, model.layers),
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
