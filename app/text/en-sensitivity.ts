/** Texts of the sensitivity map. Loaded with the lab. */
export const sensitivity = {
  nav: 'Sensitivity',
  title: 'Sensitivity of layers and heads',
  note: 'each layer on its own',
  explain:
    'Every layer is fed the FP16 lane’s state, so that an error shows in the layer whose cache causes it and adds up nowhere. There is no KL here: ' +
    'what leaves the last layer is FP16 again.',
  onCpu: 'On the CPU the codes are plain uniform ones in groups of 32; on WebGPU those of KVTuner.',
  flat: 'Flat pair',
  k: 'K bits of the flat pair',
  v: 'V bits of the flat pair',
  steps: 'steps',
  stepsLabel: 'Most steps measured',
  bits: 'Bits on show',
  measure: 'Measure on show',
  measures: { heads: 'error of mixed values', tv: 'attention moved' },
  measureText: {
    heads: 'Relative L2 error of the values that a head mixes, over all steps; scale 10⁻³ to 1, log.',
    tv: 'Total variation of a head’s attention, mean over the steps. Coded values leave attention as it is, so their map is 0 everywhere.',
  },
  mapName: (side: string, bits: number, measure: string) => `${side} at ${bits} bits: ${measure}`,
  sides: { k: 'K', v: 'V' },
  sidesLong: { k: 'Keys', v: 'Values' },
  kept: { k: 'values FP16', v: 'keys FP16' },
  notYet: 'not measured yet',
  layersTitle: 'Error of the attention output, by layer',
  layersNote: (bits: number) => `at ${bits} bits, relative L2, behind the output projection`,
  layersName: (bits: number) => `Error of the attention output by layer, at ${bits} bits`,
  legend: 'K solid, V dashed',
  layerAxis: 'layer',
  layerHead: 'layer',
  layerColumns: ['layer', 'K coded', 'V coded'],
  layer: (layer: number, k: string, v: string) => `layer ${layer}: K coded ${k}, V coded ${v}`,
  suggestionTitle: 'Widths by layer, chosen from the map',
  suggestionNote: 'as large as the flat pair, run beside it on the same tokens',
  rule: (budget: number) =>
    `Each bit goes where it takes away most squared error of the attention output, until the mean of K + V is ${budget} bits. ` +
    'Errors of layers are counted as independent and equally dear, which is an approximation; the run below is the test of it.',
  strip: 'Suggested bits by layer',
  compared: 'Lanes run beside each other',
  columns: [
    'lane',
    'pairs',
    'bits',
    'KB',
    'local error',
    'KL mean',
    'KL median',
    'KL 99 %',
    'same-top %',
    'against the flat pair',
  ],
  roles: { suggested: 'suggested', flat: 'flat', turned: 'suggestion turned round' },
  turnedText:
    'Turned round: the same widths, the most bits to the layers that err least. Where it is as good, the map says nothing.',
  gain: (gain: string, low: string, high: string) => `${gain} (${low} to ${high})`,
  outcome: {
    better: (nats: string) =>
      `The suggestion diverges less than the flat pair of the same size: mean KL lower by ${nats}.`,
    worse: (nats: string) =>
      `The suggestion diverges more than the flat pair of the same size: mean KL higher by ${nats}.`,
    open: (steps: number) => `On ${steps} steps the suggestion and the flat pair cannot be told apart.`,
  },
  rival: {
    better: (pair: string, nats: string) =>
      `It also diverges less than the best other flat pair of that size, ${pair}: by ${nats}.`,
    worse: (pair: string, nats: string) =>
      `But ${pair} in every layer, the same size, diverges less than the suggestion: by ${nats}. Dealing out bits by layer adds nothing here.`,
    open: (pair: string, _: string) =>
      `But from ${pair} in every layer, the same size, it cannot be told apart: dealing out bits by layer shows no gain over that here.`,
  },
  spread:
    'KL in nats. In brackets the 95 % interval of the mean difference; a difference below 16 % of the larger mean is within what rounding noise alone ' +
    'does, and no finding. Measured on this model, this prompt and these steps only.',
  open: (pairs: string) => `Open ${pairs} in Run`,
  openShort: 'Open in Run',
  waiting: 'The suggestion comes with the last pass.',
};
