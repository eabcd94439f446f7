/** What the two codecs of KVQuant share on the host: their settings and the tables that they learn from rows of a layer. */
import { f16FromNumber, packF16, roundF16, unpackF16 } from '../load/f16';
import type { LearnShape } from './codec';
import type { Side } from './config';
import type { Param } from './entry';
import { kmeansLevels, quantile, uniformLevels } from './nuq-levels';

export const NUQ_PARAMS: readonly Param[] = [
  {
    key: 'lut',
    title: 'Levels',
    text: 'kmeans puts the levels where the values of the layer are, by k-means; uniform spaces them evenly from -1 to 1.',
    unit: '',
    perSide: true,
    default: 'kmeans',
    choices: ['kmeans', 'uniform'],
  },
  {
    key: 'outliers',
    title: 'Outliers',
    text: 'Percent of the values of a token that may be kept exact beside the codes: half of them on top, half at the bottom.',
    unit: '%',
    perSide: true,
    default: 1,
    choices: [1, 0],
  },
  {
    key: 'calibration',
    title: 'Learned from',
    text: "The tables of a layer are learned from the prompt's own rows, or from those of a built-in text.",
    unit: '',
    perSide: true,
    default: 'prompt',
    choices: ['prompt', 'text'],
  },
];

/** Least half-range of a channel: the smallest normal FP16 number. */
const LEAST = 2 ** -14;
/** Part of a channel's values that lies beyond each threshold. */
const TAIL = 0.005;

/** Exact values per token on top, and as many at the bottom, in a row of `channels`. */
export const outlierSlots = (channels: number): number => Math.floor(channels / 200) + 1;

/** Words of levels at the start of the header. */
export const levelWords = (bits: number): number => 2 ** bits / 2;

export const nuqRefuses = ({ codec, along, scheme, group }: Side): string | null => {
  if (along === 'token') return `codec=${codec} codes one token at a time; leave along=channel.`;
  if (scheme === 'sym') return `codec=${codec} always stores a centre; scheme=sym has none.`;
  return group === 'head' ? null : `codec=${codec} does not cut a row into groups; use group=head.`;
};

/** Centre and half-range, as stored: numbers of FP16. */
export interface Span {
  centre: number;
  half: number;
}

export const spanOf = (low: number, high: number): Span => ({
  centre: roundF16(Math.fround(Math.fround(low + high) * 0.5)),
  half: roundF16(Math.fround(Math.fround(high - low) * 0.5)),
});

export interface NuqTables {
  levels: Float32Array;
  /** Of each channel of a row; keys only. */
  spans: Span[];
}

interface NuqRules {
  bits: number;
  lut: string;
  outliers: boolean;
}

export const rulesOf = ({ bits, own }: Side): NuqRules => ({
  bits,
  lut: String(own?.lut ?? 'kmeans'),
  outliers: own?.outliers !== 0,
});

const learnedRows = (rows: Float32Array, { heads, headDim, skip }: LearnShape): Float32Array => {
  const from = skip * heads * headDim;
  return from < rows.length ? rows.subarray(from) : rows;
};

const levelsFrom = ({ bits, lut }: NuqRules, values: () => Float64Array): Float32Array =>
  lut === 'uniform' ? uniformLevels(bits) : kmeansLevels(values(), bits);

/**
 * Tables of keys. Each channel spans its percentiles 0.5 to 99.5, or all its values where nothing is kept exact; levels come from
 * the values inside.
 */
export function channelTables(rows: Float32Array, shape: LearnShape, rules: NuqRules): NuqTables {
  const learned = learnedRows(rows, shape);
  const channels = shape.heads * shape.headDim;
  const tail = rules.outliers ? TAIL : 0;
  const spans = Array.from({ length: channels }, (_, c) => {
    const values = Float64Array.from({ length: learned.length / channels }, (_, t) => learned[t * channels + c]).sort();
    const { centre, half } = spanOf(quantile(values, tail), quantile(values, 1 - tail));
    return { centre, half: Math.max(half, LEAST) };
  });
  const levels = levelsFrom(rules, () => {
    const places = Float64Array.from(learned, (x, i) => (x - spans[i % channels].centre) / spans[i % channels].half);
    return rules.outliers ? places.filter((x) => Math.abs(x) <= 1) : places;
  });
  return { levels, spans };
}

/** Tables of values: levels from each token's values without its outliers, on the token's own span. */
export function tokenTables(rows: Float32Array, shape: LearnShape, rules: NuqRules): NuqTables {
  const learned = learnedRows(rows, shape);
  const channels = shape.heads * shape.headDim;
  const slots = rules.outliers ? outlierSlots(channels) : 0;
  const levels = levelsFrom(rules, () => {
    const places = new Float64Array((learned.length / channels) * (channels - 2 * slots));
    let n = 0;
    for (let at = 0; at < learned.length; at += channels) {
      const inner = learned
        .slice(at, at + channels)
        .sort()
        .subarray(slots, channels - slots);
      const { centre, half } = spanOf(inner[0], inner[inner.length - 1]);
      if (half > 0) for (const x of inner) places[n++] = (x - centre) / half;
    }
    return places.subarray(0, n);
  });
  return { levels, spans: [] };
}

/** The header of a layer: two levels per word, then a word per channel, centre low and half-range high. */
export function nuqHeader({ levels, spans }: NuqTables): Uint32Array {
  const words = packF16(levels);
  const header = new Uint32Array(words.length + spans.length);
  header.set(words);
  for (const [c, { centre, half }] of spans.entries())
    header[words.length + c] = (f16FromNumber(centre) | (f16FromNumber(half) << 16)) >>> 0;
  return header;
}

/** Tables out of a header; `channels` of a row, 0 where it has no spans. */
export function nuqTables(header: Uint32Array, bits: number, channels: number): NuqTables {
  const numbers = unpackF16(header, 2 ** bits + 2 * channels);
  return {
    levels: numbers.slice(0, 2 ** bits),
    spans: Array.from({ length: channels }, (_, c) => {
      const [centre, half] = numbers.subarray(2 ** bits + 2 * c);
      return { centre, half };
    }),
  };
}
