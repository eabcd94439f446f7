import * as v from 'valibot';
import { KvError } from '../../errors';
import { checkForModel } from '../../kv/check';
import type { CacheConfig } from '../../kv/config';
import type { ParamValue } from '../../kv/entry';
import { formatLane } from '../../kv/lane';
import { baseLane, gridWidths, pairOf } from '../../kv/lane-pairs';
import { laneSummary } from '../../measure/lane-summary';
import type { Summary } from '../../measure/summary';
import type { Pass } from '../experiment';
import { experiment } from '../experiment';
import type { TextSettings } from '../text';
import { plainSpec, readText, textFields, writtenByShadow } from '../text';

/** Lanes beside the shadow in one run. */
const LANES = 7;
const WRITE = 'text';

const widths = v.optional(
  v.nullable(v.pipe(v.array(v.union([v.number(), v.string()])), v.minLength(1, 'must hold a width'), v.maxLength(16))),
  null,
);

const schema = v.strictObject({
  ...textFields,
  /** Words of the lane that is put to every pair of widths; `k` and `v` among them say nothing. */
  lane: v.optional(v.string('must be the words of a lane'), ''),
  /** Widths of keys and of values; null = all that the lane's system or codec has, and 16. */
  k: widths,
  v: widths,
});

export interface GridSettings extends TextSettings {
  lane: string;
  k: ParamValue[] | null;
  v: ParamValue[] | null;
}

/** One pair of widths over the whole text. KL in nats, bytes and effective bits after the last token fed. */
export interface GridRow extends Summary {
  k: ParamValue;
  v: ParamValue;
  /** The lane as it ran. */
  lane: string;
  kBits: number;
  vBits: number;
  bits: number;
  bytes: number;
  fp16Bytes: number;
  /** Tokens in the cache at the end. */
  tokens: number;
}

/** What the first pass leaves: the text that FP16 wrote and that all lanes are fed. */
interface TextRow {
  tokens: number[];
}

interface Pair {
  k: ParamValue;
  v: ParamValue;
  config: CacheConfig;
}

/** Keys by values, most bits first. Errors: bad-config. */
function pairsOf({ lane, k, v: values }: GridSettings): Pair[] {
  const base = baseLane(lane);
  const [ks, vs] = [k ?? gridWidths(base, 'k'), values ?? gridWidths(base, 'v')];
  if (ks.length === 0 || vs.length === 0)
    throw new KvError(
      'bad-config',
      'This lane sets its widths itself, so there is no grid of them.',
      '',
      'Choose another system.',
    );
  return ks.flatMap((key) => vs.map((value) => ({ k: key, v: value, config: pairOf(base, key, value) })));
}

/** Seven pairs to a pass, in the order of the grid. */
function packs(settings: GridSettings): { pass: Pass; pairs: Pair[] }[] {
  const pairs = pairsOf(settings);
  const after = settings.promptTokens === null ? { after: [WRITE] } : {};
  return Array.from({ length: Math.ceil(pairs.length / LANES) }, (_, i) => {
    const mine = pairs.slice(i * LANES, (i + 1) * LANES);
    const [first, last] = [mine[0], mine[mine.length - 1]];
    const title = `K ${first.k} V ${first.v} to K ${last.k} V ${last.v}`;
    return { pass: { id: `pairs-${i + 1}`, title, ...after }, pairs: mine };
  });
}

export default experiment<GridSettings, GridRow | TextRow>({
  id: 'grid',
  title: 'K × V grid',
  text: 'Every pair of widths of keys and values on one text: KL to FP16, same-top and bytes, seven pairs to a pass.',
  schema,
  passes(settings, model) {
    readText(settings, model);
    for (const { config } of pairsOf(settings)) checkForModel(config, model.summary.headDim);
    const written = settings.promptTokens === null ? [{ id: WRITE, title: 'FP16 writes the text' }] : [];
    return [...written, ...packs(settings).map(({ pass }) => pass)];
  },
  async run(settings, pass, host, given) {
    const { prompt, forced } = readText(settings, host.model);
    if (pass.id === WRITE) {
      const tokens = await writtenByShadow(host, prompt, settings.steps);
      if (tokens.length === 0)
        throw new KvError(
          'bad-prompt',
          'FP16 ends at once after this prompt; there is nothing to compare.',
          '',
          'Try another prompt.',
        );
      return [{ tokens }];
    }
    const text = forced ?? (given(WRITE) as TextRow[])[0].tokens;
    const { pairs } = packs(settings).find((pack) => pack.pass.id === pass.id) as { pairs: Pair[] };
    const lanes = pairs.map(({ config }) => config);
    const { frames } = await host.run({ ...plainSpec(prompt), lanes, forced: text, steps: text.length });
    const last = frames[frames.length - 1];
    return pairs.map(({ k, v: value, config }, i) => {
      const { bytes, effectiveBits } = last.lanes[i + 1];
      return {
        ...{ k, v: value, lane: formatLane(config) },
        ...{ kBits: effectiveBits.k, vBits: effectiveBits.v, bits: effectiveBits.mean },
        ...{ bytes: bytes.total, fp16Bytes: bytes.fp16, tokens: last.position + 1 },
        ...laneSummary(frames, i + 1),
      };
    });
  },
});
