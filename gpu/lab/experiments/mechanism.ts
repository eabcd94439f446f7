import * as v from 'valibot';
import { checkForModel } from '../../kv/check';
import { dequantize } from '../../load/quant/dequantize';
import { channelSpread } from '../../measure/channels';
import { frobenius } from '../../measure/norm';
import { frequencies, rope } from '../../reference/rope';
import { normsOf } from '../../weight-norms';
import type { LabHost, LabModel, ShadowRows } from '../experiment';
import { experiment } from '../experiment';
import type { TextRow } from '../fed-text';
import { fedText, textPass, writeText } from '../fed-text';
import { localErrors, oneSided } from '../local-runs';
import type { FindingRow } from '../mechanism/claim';
import { findings } from '../mechanism/claim';
import type { TextSettings } from '../text';
import { plainSpec, textFields } from '../text';

const schema = v.strictObject({
  ...textFields,
  /** Words of the lane that codes one side; widths and pairs are set here. */
  lane: v.optional(v.string('must be the words of a lane'), ''),
  /** Width at which the local errors are measured. */
  bits: v.optional(v.picklist([1, 2, 3, 4, 5, 6, 7, 8], 'must be 1 to 8 bits'), 4),
});

export interface MechanismSettings extends TextSettings {
  lane: string;
  bits: number;
}

/** Norms of the projections of one layer, as the file has them; size of the key bias (L2), null where the model has none. */
export interface WeightRow {
  kind: 'weights';
  layer: number;
  kSpectral: number;
  vSpectral: number;
  kFrobenius: number;
  vFrobenius: number;
  kBias: number | null;
}

/** What the FP16 cache holds in one layer after the text, and what coding one side of it does to that layer alone. */
export interface CacheRow {
  kind: 'cache';
  layer: number;
  tokens: number;
  kSpectral: number;
  vSpectral: number;
  kFrobenius: number;
  vFrobenius: number;
  kKurtosis: number;
  vKurtosis: number;
  /** Shares of channels, see ChannelSpread; keys as cached, and as they are before RoPE. */
  kOutliers: number;
  kOutliersUnrotated: number;
  vOutliers: number;
  /** Largest channel over the median channel. */
  kWorst: number;
  kWorstUnrotated: number;
  vWorst: number;
  /** Relative L2 error of the attention block's output, the other side FP16. */
  kError: number;
  vError: number;
  /** Total variation of attention with coded keys, mean over heads. */
  kTv: number;
}

export type MechanismRow = WeightRow | CacheRow | FindingRow | TextRow;

export default experiment<MechanismSettings, MechanismRow>({
  id: 'mechanism',
  title: 'Why keys and values differ',
  text:
    'Norms of the key and value projections and of what the cache holds, kurtosis and outlier channels, beside the measured error of each ' +
    'layer on its own: do layers whose keys have the larger norm need more key bits?',
  schema,
  passes(settings, model) {
    const { first, after } = textPass(settings, model);
    checkForModel(oneSided(settings.lane, model.summary, 'k', settings.bits), model.summary.headDim);
    return [
      { id: 'weights', title: 'Norms of the projections' },
      ...first,
      { id: 'cache', title: 'The cache, and each layer on its own', after },
      { id: 'claim', title: 'Does the norm say who needs the bits?', after: ['weights', 'cache'] },
    ];
  },
  async run(settings, pass, host, given) {
    const written = await writeText(settings, pass, host);
    if (written) return written;
    if (pass.id === 'weights') return weightRows(host.model);
    if (pass.id === 'cache') return cacheRows(settings, host, fedText(settings, host.model, given));
    return findings(given('weights') as WeightRow[], given('cache') as CacheRow[]);
  },
});

async function weightRows({ file, summary }: LabModel): Promise<WeightRow[]> {
  const norms = normsOf(file);
  const [spectral, frobenius] = [await norms('spectral'), await norms('frobenius')];
  return Promise.all(
    Array.from({ length: summary.layers }, async (_, layer) => ({
      ...{ kind: 'weights' as const, layer },
      ...{ kSpectral: spectral.k[layer], vSpectral: spectral.v[layer] },
      ...{ kFrobenius: frobenius.k[layer], vFrobenius: frobenius.v[layer] },
      kBias: await biasOf(file, layer),
    })),
  );
}

async function biasOf(file: LabModel['file'], layer: number): Promise<number | null> {
  const tensor = file.tensors.get(`blk.${layer}.attn_k.bias`);
  if (!tensor) return null;
  const bytes = await file.source.read(tensor.offset, tensor.bytes);
  return frobenius(dequantize(tensor.type, bytes, tensor.rows, tensor.cols));
}

async function cacheRows(
  { lane, bits }: MechanismSettings,
  host: LabHost,
  text: { prompt: number[]; forced: number[]; steps: number },
): Promise<CacheRow[]> {
  const { summary } = host.model;
  const lanes = (['k', 'v'] as const).map((side) => oneSided(lane, summary, side, bits));
  const spreads: Awaited<ReturnType<typeof spreadOf>>[] = [];
  const atEnd = async (rows: ShadowRows) => {
    for (let layer = 0; layer < summary.layers; layer++) spreads.push(await spreadOf(host.model, rows, layer));
  };
  const errors = await localErrors(host, { ...plainSpec([]), ...text, lanes }, { atEnd });
  const [k, v] = [errors.of(0), errors.of(1)];
  return spreads.map((spread, layer) => ({
    ...{ kind: 'cache' as const, layer, ...spread },
    ...{ kError: k.block[layer], vError: v.block[layer] },
    kTv: k.tv[layer].reduce((sum, one) => sum + one, 0) / summary.heads,
  }));
}

async function spreadOf({ summary, file }: LabModel, rows: ShadowRows, layer: number) {
  const channels = summary.kvHeads * summary.headDim;
  const [keys, values] = [await rows(layer, 0), await rows(layer, 1)];
  const [k, v] = [channelSpread(keys, channels), channelSpread(values, channels)];
  const unrotated = keys.slice();
  rope(
    unrotated,
    channels,
    0,
    frequencies(file.config).map((frequency) => -frequency),
  );
  const before = channelSpread(unrotated, channels);
  return {
    tokens: keys.length / channels,
    ...{ kSpectral: k.spectral, vSpectral: v.spectral, kFrobenius: k.frobenius, vFrobenius: v.frobenius },
    ...{ kKurtosis: k.kurtosis, vKurtosis: v.kurtosis },
    ...{ kOutliers: k.outliers, kOutliersUnrotated: before.outliers, vOutliers: v.outliers },
    ...{ kWorst: k.worst, kWorstUnrotated: before.worst, vWorst: v.worst },
  };
}
