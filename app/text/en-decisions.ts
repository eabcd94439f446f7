/** Words of the panel that shows what a policy decided about tokens. */
export const decisions = {
  title: 'What the policy decided',
  note: (lane: string, step: number) => `after step ${step}, ${lane}`,
  head: (layer: number, head: number, byQuery: boolean) => `L${layer}, ${byQuery ? 'query' : 'KV'} head ${head}`,
  waiting: 'Decided as the prompt is read and the text grows.',
  notRecorded: 'Not in recordings: run it live to see which tokens stay.',
  stripName: (lane: string) => `Tokens as ${lane} stores them`,
  layersName: (lane: string) => `Layers of ${lane}`,
  states: { pinned: 'exact, large activations', exact: 'exact', evicted: 'evicted' },
  coded: (bits: number) => `${bits} bits`,
  none: 'nothing decided yet',
  token: (position: number, token: string, state: string) => `token ${position}, “${token}”: ${state}`,
  position: 'position',
  tokenHead: 'token',
  stored: 'stored',
  layerHead: 'layer',
  line: (head: number, byQuery: boolean) => `${byQuery ? 'H' : 'KV'} ${head}`,
  allHeads: 'held',
  share: 'S',
  layer: (layer: number, line: string | null, parts: string[]) =>
    `layer ${layer}${line === null ? '' : `, ${line}`}: ${parts.join('; ')}`,
  held: (held: number, tokens: number) => `holds ${held} of ${tokens} tokens`,
  measured: (value: string, above: boolean, threshold: string) =>
    `S ${value}, ${above ? `above ${threshold}: lazy` : `not above ${threshold}`}`,
  unmeasured: 'S is not measured yet, or the text is too short',
  above: (above: number, layers: number, threshold: string) => `${above} of ${layers} layers have S above ${threshold}`,
  range: (least: number, most: number, tokens: number) => `heads hold ${least} to ${most} of ${tokens} tokens`,
};
