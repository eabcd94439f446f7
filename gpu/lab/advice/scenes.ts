/** A scene of the published recommendations: what to do there, and below or above which length it was said. */
export interface AdviceScene {
  id: SceneId;
  title: string;
  /** Tokens for which the advice was given; null = open on that side. */
  from: number | null;
  upTo: number | null;
  picks: readonly AdvicePick[];
  remark: string;
  sources: readonly { text: string; url: string }[];
}

export interface AdvicePick {
  /** As it runs here; windows of systems are those for short chats. */
  lane: string;
  /** The advice in its own words, `K / V`. */
  published: string;
  /** Under which condition it was given, or what stands in for it here. */
  when: string;
}

export const SCENE_IDS = ['qa', 'summary', 'reasoning', 'chat', 'long', 'very-long'] as const;
export type SceneId = (typeof SCENE_IDS)[number];

const LMDEPLOY = {
  text: 'LMDeploy, MMLU of three 7B models: int8 within 0.1 points of FP16, int4 0.8 to 1.6 below',
  url: 'https://lmdeploy.readthedocs.io/en/latest/quantization/kv_quant.html',
};
const ADAQUANT = {
  text: 'KV-AdaQuant: K4 V2 75.2 %, K2 V4 54.7 % (abstract of version 1)',
  url: 'https://arxiv.org/abs/2502.15075v1',
};
const SIMLAYER = {
  text: 'SimLayerKV: LongBench -1.2 % at 5 times less cache',
  url: 'https://arxiv.org/abs/2410.13846',
};
const KVQUANT = { text: 'KVQuant: 2 to 4 bits, keys before RoPE', url: 'https://arxiv.org/abs/2401.18079' };
const SKVQ = { text: 'SKVQ: 2 bits keys, 1.5 bits values, sliding window', url: 'https://arxiv.org/abs/2405.06219' };

/**
 * What practitioners recommend by scene, as collected in the questions and answers that this program puts to the test. It is a
 * starting point: nothing here was measured on the model that is loaded.
 */
export const ADVICE: readonly AdviceScene[] = [
  {
    id: 'qa',
    title: 'Single-turn question',
    from: null,
    upTo: 128,
    picks: [
      { lane: 'k=8 v=8', published: '8 / 8', when: '' },
      { lane: 'k=4 v=4', published: '4 / 4', when: 'if memory is short' },
    ],
    remark: 'Short answers forgive most.',
    sources: [LMDEPLOY],
  },
  {
    id: 'summary',
    title: 'Summary, translation, code explanation',
    from: 128,
    upTo: 512,
    picks: [{ lane: 'k=8 v=4', published: '8 / 4', when: '' }],
    remark: 'Half of the values is saved.',
    sources: [ADAQUANT],
  },
  {
    id: 'reasoning',
    title: 'Code or maths reasoning',
    from: null,
    upTo: null,
    picks: [
      { lane: 'k=8 v=8', published: '8 / 8', when: '' },
      { lane: 'k=8 v=4', published: 'KV-AdaQuant 8 / 4', when: 'here as plain rounding in groups of 32' },
    ],
    remark: 'Chains of steps are sensitive to noise in the keys.',
    sources: [ADAQUANT],
  },
  {
    id: 'chat',
    title: 'Chat or generation beyond 1,000 tokens',
    from: 1024,
    upTo: null,
    picks: [
      { lane: 'k=8 v=8', published: '8 / 8', when: '' },
      { lane: 'k=4 v=4', published: '4 bits', when: 'only with a regression test' },
    ],
    remark: 'Repetition loops were seen with 4-bit keys in very long outputs.',
    sources: [LMDEPLOY],
  },
  {
    id: 'long',
    title: 'Long context, 4,000 tokens and more',
    from: 4096,
    upTo: 32_767,
    picks: [
      { lane: 'k=8 v=8', published: 'at least 8 / 8', when: '' },
      {
        lane: 'system=simlayerkv recent=60 then=kivi4',
        published: 'SimLayerKV 4 / 4 and tokens pruned',
        when: 'here with 60 recent tokens and KIVI at 4 bits',
      },
    ],
    remark: 'Squeeze the values first.',
    sources: [SIMLAYER],
  },
  {
    id: 'very-long',
    title: 'Very long context, 32,000 tokens and more',
    from: 32_768,
    upTo: null,
    picks: [
      {
        lane: 'system=kvquant k=3 v=3',
        published: 'KVQuant, 2 to 4 bits',
        when: 'here calibrated on a short built-in text',
      },
      {
        lane: 'system=skvq k=2 v=2 group=64 window=32',
        published: 'SKVQ, 2 to 4 bits',
        when: 'here with a window of 32 tokens',
      },
      {
        lane: 'system=rotatekv k=4 v=4',
        published: 'RotateKV, 2 to 4 bits',
        when: 'here with channels sorted by the prompt itself',
      },
    ],
    remark: 'Widths by layer, calibrated beforehand.',
    sources: [KVQUANT, SKVQ],
  },
];

export const adviceOf = (id: SceneId): AdviceScene => ADVICE.find((scene) => scene.id === id) as AdviceScene;

/** The row of the chosen scene and, where the length has a row of its own, that one too. */
export function rowsFor(id: SceneId, length: number): AdviceScene[] {
  const own = adviceOf(id);
  const byLength = ADVICE.findLast((scene) => scene.from !== null && scene.from >= 4096 && length >= scene.from);
  return byLength && byLength !== own ? [own, byLength] : [own];
}

/** The chosen length lies outside the one for which the scene's advice was given. */
export const isOutside = ({ from, upTo }: AdviceScene, length: number): boolean =>
  (from !== null && length < from) || (upTo !== null && length > upTo);
