import type { ModelConfig } from '../model/config';
import type { EffectiveBits, LaneBytes } from '../run-types';
import { CLASS_ROWS, CLASS_WORDS } from './arena';
import type { Plan } from './cache-types';
import { scaleWordsOf } from './codec';
import { isExact } from './config';
import { PlanePlan } from './plane-plan';
import { SidePlan } from './side-plan';

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
function sideBytes(plan: Plan, { layers, kvHeads, headDim }: ModelConfig): SideBytes {
  const rowBits = plan.config.k.codec === 'f32' ? 32 : 16;
  const rowBytes = (kvHeads * headDim * rowBits) / 8;
  const out: SideBytes = { bits: 0, codes: 0, meta: 0, exact: 0, originals: 0, reserved: 0 };
  const same = plan instanceof PlanePlan ? null : plan.census();
  for (let l = 0; l < layers; l++) {
    const { coded, exact, originals } = same ?? (plan as PlanePlan).census(l);
    out.bits += exact * rowBits;
    out.exact += exact * rowBytes;
    out.originals += originals * rowBytes;
    const words = plan.arena.words(l);
    out.reserved += (words.codes + words.scales) * 4;
    for (const { class: c, rows } of coded) {
      const { side, layout } = c.layers[l];
      const bytes = rows * kvHeads * layout.codeWords * 4;
      if (isExact(side)) out.exact += bytes;
      else out.codes += bytes;
      if (rows > 0) out.meta += (layout.headerWords ?? 0) * 4;
      if (rows > 0) out.bits += (layout.headerBits ?? 0) / (kvHeads * headDim);
      out.meta += (rows / layout.blockTokens) * scaleWordsOf(layout, kvHeads) * 4;
      out.bits += rows * layout.bits;
    }
  }
  // Which class a token is of takes a bit per head.
  const classBit = plan.config.mix ? 1 / headDim : 0;
  return { ...out, bits: plan.length === 0 ? 0 : out.bits / plan.length / layers + classBit };
}

/** Tables of one lane: slot entries of both sides, from when on its prompt rows are coded, and its class tables. */
const tableBytes = (tokens: number, layers: number, planes: number, cap: number): number =>
  (tokens * planes + cap) * 2 * 4 + layers * 2 * CLASS_ROWS * CLASS_WORDS * 4;

/** Bytes and effective bits (rows only, no tables, as in `footprint`) of one lane after the tokens its plans hold. */
export function laneBytes(plans: Plan[], model: ModelConfig): { bytes: LaneBytes; effectiveBits: EffectiveBits } {
  const tokens = plans[0].length;
  const [k, v] = plans.map((plan) => sideBytes(plan, model));
  const values = tokens * model.layers * model.kvHeads * model.headDim;
  const stored = (s: SideBytes) => s.codes + s.meta + s.exact;
  const planes = plans[0] instanceof SidePlan ? 1 : plans[0].planes.length;
  const tables = tableBytes(tokens, model.layers, planes, plans[0].cap);
  const total = stored(k) + stored(v) + tables;
  return {
    bytes: {
      codes: k.codes + v.codes,
      meta: k.meta + v.meta,
      exact: k.exact + v.exact,
      tables,
      total,
      reserved: k.reserved + v.reserved + tableBytes(plans[0].cap, model.layers, planes, plans[0].cap),
      instrumentation: k.originals + v.originals,
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
