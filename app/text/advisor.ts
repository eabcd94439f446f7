import type { Agreement } from '../../gpu/lab/advice/agreement';
import type { Matter } from '../../gpu/lab/advice/candidates';
import type { Level } from '../../gpu/measure/verdict';

const matters: Record<Matter, string> = { quality: 'quality', memory: 'memory', speed: 'speed of decoding' };
const verdicts: Record<Level, string> = { close: 'close', watch: 'watch', breaks: 'breaks' };
const agreements: Record<Agreement, string> = {
  agrees: 'agrees with the advice',
  weaker: 'weaker than the advice says',
  contradicts: 'contradicts the advice',
  few: 'too few steps for a verdict',
};

/** The advisor: a published starting point, proposals, what was measured, and settings for other engines. */
export const advisor = {
  title: 'Advisor',
  note: 'published advice first, then what your prompt says',
  form: {
    scene: 'Scene',
    length: 'Length',
    lengthValue: (n: string) => `${n} tokens in the cache`,
    budget: 'Memory for the cache',
    budgetOn: 'at most',
    budgetBox: 'Most MB for the cache',
    mb: 'MB',
    noBudget: 'no limit',
    matters: 'What matters',
    mattersOptions: matters,
    speedNote:
      'Speed is not measured here. A decoding step reads the whole cache, so fewer bytes are less to read; proposals for speed are plain codes without windows.',
    steps: 'Steps to score',
    prompt: 'Your prompt',
    promptNote: 'the prompt of Run; FP16 writes the answer, every cache is fed it',
  },
  proposals: {
    title: 'Proposals',
    note: (n: number, length: string) => `${n} caches, bytes at ${length} tokens`,
    none: 'Nothing fits this budget on this model. Allow more memory, or a shorter text.',
    needsModel: 'The bytes and the check need a loaded model.',
    run: (name: string) => `Run ${name}`,
    columns: [
      'Run',
      'Cache',
      'Bytes',
      'of FP16',
      'Verdict',
      'KL median',
      'KL 99 %',
      'Same-top',
      'First other token',
      'Breaks first',
    ],
    published: (advice: string) => `published: ${advice}`,
    ours: 'by rule',
    atMost: 'at most',
    swapped: (of: string) => `K and V of ${of} exchanged, to test the rule that keys need the bits more`,
    open: 'Open in Run',
    openTitle: (name: string) => `Open ${name} as the lane of Run`,
    flags: 'Settings',
    flagsTitle: (name: string) => `Settings of other engines for ${name}`,
    never: 'never',
    step: (n: number) => `step ${n}`,
    failure: (title: string, n: number) => `${title}, step ${n}`,
    notRun: 'not run',
    refused: (why: string) => `not run: ${why}`,
    left: (advice: string, why: string) => `Published ${advice} is left out: ${why}.`,
    verdicts,
    few: 'too few steps',
  },
  result: {
    title: 'What the measurement says',
    note: (steps: number, tokens: string) => `${steps} steps, T ≤ ${tokens}`,
    empty: 'Nothing is measured yet. Start the check: all caches run side by side, in one run.',
    outside: (title: string, range: string) =>
      `The advice for “${title}” was given for ${range}; your length is outside.`,
    range: (from: string | null, upTo: string | null) =>
      from && upTo ? `${from} to ${upTo} tokens` : from ? `${from} tokens and more` : `up to ${upTo} tokens`,
    pick: (name: string, verdict: string, agreement: string) => `${name}: ${verdict}. It ${agreement}.`,
    fewPick: (name: string, steps: number) => `${name}: ${steps} steps are too few for a verdict; 64 are needed.`,
    agreements,
    rule: {
      holds: (a: string, b: string, wins: number, of: number) =>
        `Keys first holds here: ${a} is nearer to FP16 than ${b} on ${wins} of ${of} steps.`,
      fails: (a: string, b: string, wins: number, of: number) =>
        `Keys first does not hold here: ${b} is nearer to FP16 than ${a}, on ${of - wins} of ${of} steps.`,
      open: (a: string, b: string) => `Keys first is undecided here: between ${a} and ${b} there is no finding.`,
      numbers: (mean: string, low: string, high: string, p: string) =>
        `Mean difference of KL ${mean} nats, 95 % interval ${low} to ${high}; sign test over blocks p = ${p}.`,
      few: (a: string, b: string) => `Between ${a} and ${b} there are too few steps for a test.`,
      bytes: (n: string) => `Both take ${n} bytes.`,
    },
    best: (name: string, share: string) => `Smallest cache that stays close: ${name}, ${share} of FP16.`,
    noBest: 'None of them stays close on this prompt.',
    limits:
      'Limits of the verdict: close = KL median ≤ 0.02, 99 % ≤ 0.2 and same-top ≥ 95 %; breaks = beyond 0.1, 0.5 or below 85 %.',
    tested: 'Tested',
    testedText: (model: string, tokens: string) => `${model}, this prompt, T ≤ ${tokens}`,
    notTested: 'Not tested',
    notTestedText: (tokens: string) => `your model, other prompts, T > ${tokens}`,
  },
  matrix: {
    title: 'Published advice',
    note: 'what practitioners recommend; nothing here was measured on your model',
    columns: ['Scene', 'K / V', 'Remark', 'Behind it'],
    chosen: 'applies',
  },
  warnings: {
    title: 'This model',
    note: 'what users of models like it have run into',
    none: 'Nothing in its header that others have warned of.',
    seen: 'Seen in',
  },
  engines: {
    title: 'Take it to your model',
    note: (name: string) => `settings for ${name}`,
    choose: 'Cache',
    engine: 'Engine',
    settings: 'Settings',
    check: 'Check there, with KL',
    notOffered: 'not offered',
    noCheck: 'no KL there',
    same: 'the same system',
    near: 'near: same widths, stored in its own way',
    copy: 'Copy',
    copied: 'Copied',
    copyTitle: (engine: string) => `Copy the settings for ${engine}`,
    source: (version: string, checked: string) => `${version}; read ${checked}`,
  },
};
