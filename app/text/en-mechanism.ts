import type { FindingRow, Ratio, Says } from '../../gpu/lab/mechanism/claim';

const names: Record<Ratio, string> = {
  weightSpectral: 'spectral norm of W_K : W_V',
  weightFrobenius: 'Frobenius norm of W_K : W_V',
  cacheSpectral: 'spectral norm of cached K : V',
  cacheFrobenius: 'Frobenius norm of cached K : V',
  kurtosis: 'kurtosis of cached K : V',
};

const pText = (p: number): string => (p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`);

/** Texts of the mechanism section. Loaded with the lab. */
export const mechanism = {
  nav: 'Mechanism',
  title: 'Why keys and values differ',
  note: 'norms against measured error, layer by layer',
  explain:
    'A common claim: keys have the larger norm, so they need more bits. Its three parts are tested here on the loaded model: is the norm of keys larger, ' +
    'do coded keys err more than coded values at equal bits, and do the layers in which the norm stands out err more?',
  bits: 'Bits',
  bitsLabel: 'Bits of the coded side',
  steps: 'steps',
  stepsLabel: 'Most steps measured',
  findingTitle: 'What was found on this model',
  waiting: 'The findings come with the last pass.',
  premise: (says: Says, { larger, n, largerP, ratio }: FindingRow) =>
    `${{ yes: 'Keys have the larger one in most layers', no: 'Neither side has the larger one', opposite: 'Values have the larger one in most layers' }[says]}: ` +
    `${names[ratio]} is above 1 in ${larger} of ${n} layers (sign test, ${pText(largerP)}).`,
  consequence: (says: Says, { errsMore, n, errsMoreP }: FindingRow, bits: number) =>
    `${{ yes: 'Coded keys err more than coded values', no: 'Neither side errs more', opposite: 'Coded values err more than coded keys' }[says]} at ${bits} bits: ` +
    `keys have the larger error of the attention output in ${errsMore} of ${n} layers (sign test, ${pText(errsMoreP)}).`,
  link: (says: Says, { rho, n, p, ratio }: FindingRow) =>
    `${
      {
        yes: `Layers with the larger ${names[ratio]} are those whose keys err more`,
        no: `The ${names[ratio]} does not tell in which layers keys need more bits`,
        opposite: `Layers with the larger ${names[ratio]} are those whose keys err less`,
      }[says]
    }: rank correlation ${rho.toFixed(2).replace('-', '−')}, n = ${n} layers, ${pText(p)}.`,
  few: (n: number) => `With ${n} layers only a near-perfect order can be told from chance.`,
  caveat:
    'A correlation over the layers of one model on one prompt: it tests the claim here, it does not explain the error, and it says nothing about other models. ' +
    'Five ratios are tried; chance alone puts at least one of five below p = 0.05 about every fourth time.',
  ratio: 'Ratio on the plot',
  ratios: {
    weightSpectral: 'W spectral',
    weightFrobenius: 'W Frobenius',
    cacheSpectral: 'cache spectral',
    cacheFrobenius: 'cache Frobenius',
    kurtosis: 'kurtosis',
  } satisfies Record<Ratio, string>,
  names,
  plotTitle: 'Ratio of norms against ratio of errors',
  plotNote: 'one dot a layer; right: larger for keys, up: keys err more',
  plotY: 'error with K coded : with V coded',
  plotEmpty: 'Dots come when weights and cache are measured.',
  dot: (layer: number, norm: string, error: string) => `layer ${layer}: norm K : V ${norm}, error K : V ${error}`,
  plotColumns: ['layer', 'norm K : V', 'error K : V'],
  tableTitle: 'Layer by layer',
  tableScroll: 'Numbers of all layers',
  tableNote: (tokens: number, bits: number) => `cache of ${tokens} tokens, errors at ${bits} bits`,
  columns: {
    layer: 'layer',
    kSpectral: 'W_K spectral',
    vSpectral: 'W_V spectral',
    kFrobenius: 'W_K Frobenius',
    vFrobenius: 'W_V Frobenius',
    kBias: 'K bias',
    cacheK: 'cache: K spectral',
    cacheV: 'V spectral',
    kKurtosis: 'K kurtosis',
    vKurtosis: 'V kurtosis',
    kOutliers: 'K outliers, %',
    kUnrotated: 'before RoPE',
    vOutliers: 'V outliers, %',
    kTv: 'attention moved',
    kError: 'error, K coded',
    vError: 'error, V coded',
  },
  noBias: 'none',
  legend: (outlier: number) =>
    `Kurtosis 3 is that of a normal distribution. Outliers: share of channels whose largest value exceeds ${outlier} times that of the median channel; ` +
    'keys as cached, and before RoPE. Error: relative L2 of the attention output with one side coded, each layer fed the FP16 state. ' +
    'Attention moved: mean total variation with keys coded.',
};
