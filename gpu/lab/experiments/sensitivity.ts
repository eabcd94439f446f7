import * as v from 'valibot';
import { KvError } from '../../errors';
import { checkForModel } from '../../kv/check';
import { formatLane, parseLane } from '../../kv/lane';
import type { Pass } from '../experiment';
import { experiment } from '../experiment';
import type { TextRow } from '../fed-text';
import { fedText, textPass, writeText } from '../fed-text';
import { localErrors, oneSided } from '../local-runs';
import type { ComparedRow } from '../sensitivity/compare';
import { compare, lanesToCompare } from '../sensitivity/compare';
import type { TextSettings } from '../text';
import { plainSpec, textFields } from '../text';

const bits = v.picklist([1, 2, 3, 4, 5, 6, 7, 8], 'must be 1 to 8 bits');

const schema = v.strictObject({
  ...textFields,
  /** Words of the lane whose layers are measured and dealt widths; widths and pairs are set here. */
  lane: v.optional(v.string('must be the words of a lane'), 'system=kvtuner'),
  /** Widths that the map measures and the suggestion chooses from. */
  widths: v.optional(
    v.pipe(
      v.array(bits),
      v.minLength(2, 'must hold two widths'),
      v.transform((all) => [...new Set(all)].sort((a, b) => a - b)),
    ),
    [2, 3, 4, 5, 6, 8],
  ),
  /** The flat pair that the suggestion is held against: its bits are the budget. */
  k: v.optional(bits, 4),
  v: v.optional(bits, 4),
});

export interface SensitivitySettings extends TextSettings {
  lane: string;
  /** Ascending. */
  widths: number[];
  k: number;
  v: number;
}

/** One layer on its own, with one side at one width and the other FP16. Means over the steps, see LocalErrors. */
export interface LocalRow {
  kind: 'local';
  side: 'k' | 'v';
  bits: number;
  layer: number;
  /** Total variation of each head's attention; all 0 for values. */
  tv: number[];
  /** Relative L2 error of the values each head mixes. */
  heads: number[];
  /** Relative L2 error of the attention block's output. */
  block: number;
}

export type SensitivityRow = LocalRow | ComparedRow | TextRow;

interface OneSide {
  side: 'k' | 'v';
  bits: number;
}

/** Both sides of each width stand in one run, three widths to a run. */
const WIDTHS_A_PASS = 3;

const packs = ({ widths }: SensitivitySettings): { id: string; title: string; sides: OneSide[] }[] =>
  Array.from({ length: Math.ceil(widths.length / WIDTHS_A_PASS) }, (_, i) => {
    const mine = widths.slice(i * WIDTHS_A_PASS, (i + 1) * WIDTHS_A_PASS);
    const sides = mine.flatMap((bits): OneSide[] => [
      { side: 'k', bits },
      { side: 'v', bits },
    ]);
    return { id: `map-${i + 1}`, title: `Every layer on its own at ${mine.join(', ')} bits`, sides };
  });

const COMPARE = 'compare';

export default experiment<SensitivitySettings, SensitivityRow>({
  id: 'sensitivity',
  title: 'Sensitivity of layers and heads',
  text:
    'What coded keys and coded values do to the attention of each layer on its own, fed with the FP16 state; then widths by layer ' +
    'chosen from that, run beside the flat pair of the same size.',
  schema,
  passes(settings, model) {
    const { first, after } = textPass(settings, model);
    const { summary } = model;
    checkBudget(settings);
    for (const { sides } of packs(settings))
      for (const { side, bits } of sides) checkForModel(oneSided(settings.lane, summary, side, bits), summary.headDim);
    const maps = packs(settings).map(({ id, title }): Pass => ({ id, title, after }));
    const all = [...after, ...maps.map(({ id }) => id)];
    return [...first, ...maps, { id: COMPARE, title: 'The suggestion against the flat pair', after: all }];
  },
  async run(settings, pass, host, given) {
    const written = await writeText(settings, pass, host);
    if (written) return written;
    const { summary } = host.model;
    const spec = { ...plainSpec([]), ...fedText(settings, host.model, given) };
    const sides = packs(settings).find(({ id }) => id === pass.id)?.sides;
    if (sides) {
      const lanes = sides.map(({ side, bits }) => oneSided(settings.lane, summary, side, bits));
      const errors = await localErrors(host, { ...spec, lanes });
      return sides.flatMap((one, i) => rowsOf(one, errors.of(i)));
    }
    const measured = packs(settings).flatMap(({ id }) => given(id) as LocalRow[]);
    const arms = lanesToCompare(settings, measured, summary.layers);
    const lanes = arms.map(({ pairs }) => parseLane(`${settings.lane} pairs=${pairs}`));
    const { frames } = await host.run({ ...spec, lanes });
    return compare(arms, frames, lanes.map(formatLane));
  },
});

function checkBudget({ widths, k, v: values }: SensitivitySettings): void {
  if (k + values >= 2 * widths[0]) return;
  throw new KvError(
    'bad-config',
    `K${k} V${values} is less than two sides at ${widths[0]} bits, the smallest width that is measured.`,
    '',
    'Add a smaller width.',
  );
}

const rowsOf = (one: OneSide, errors: { tv: number[][]; heads: number[][]; block: number[] }): LocalRow[] =>
  errors.block.map((block, layer) => ({
    ...{ kind: 'local' as const, ...one, layer, block },
    ...{ tv: errors.tv[layer], heads: errors.heads[layer] },
  }));
