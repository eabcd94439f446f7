import type { Absence, DetectorId } from '../../gpu/measure/detector';
import type { Level } from '../../gpu/measure/verdict';

/** Verdict and "What breaks first": they come with a part of their own, so these texts are not in `en`. */
export const verdict = {
  title: 'Verdict',
  none: 'no steps yet',
  needs: (steps: number) => `needs ${steps} steps`,
  range: (from: number, to: number, moved: boolean) => `steps ${from}–${to}${moved ? ', since the last move' : ''}`,
  few: 'not enough steps',
  noneFree: 'no verdict',
  says: {
    close: 'follows FP16 on this text',
    watch: 'fine for short answers, check long ones yourself',
    breaks: 'often writes what FP16 would not',
  } satisfies Record<Level, string>,
  sofar: (done: number, needed: number) => `${done} of ${needed} steps`,
  free: 'free-running lanes read different texts, so KL and same-top end where they part',
  limits: (medians: [number, number], tails: [number, number], tops: [number, number]) =>
    `close: KL median ≤ ${medians[0]}, 99 % ≤ ${tails[0]}, same-top ≥ ${tops[0]} %. breaks: KL median > ${medians[1]}, or 99 % > ${tails[1]}, or same-top < ${tops[1]} %. Start values, not calibrated.`,
  bytes: 'cache bytes',
  takeIt: 'Take it to your model: settings of other engines',
};

export const breaks = {
  title: 'What breaks first',
  note: 'dashed = threshold',
  shadowPasses: 'FP16 passes all',
  shadowFires: (names: string[]) => `in FP16 too: ${names.join(', ')}`,
  arm: (arm: string) => `arm ${arm}; dashed = threshold`,
  otherClean: (arm: string) => `In ${arm} nothing fired.`,
  otherFires: (arm: string, hits: string[]) => `In ${arm}: ${hits.join(', ')}.`,
  sentence: (text: string) => `${text[0].toUpperCase()}${text.slice(1)}.`,
  hit: (name: string, step: number) => `${name.toLowerCase()} (${step})`,
  step: (step: number) => `step ${step}`,
  never: 'never',
  steps: (steps: number) => `${steps} steps`,
  goThere: 'go there',
  goTo: (name: string, step: number) => `Go to step ${step}, ${name}`,
  absent: {
    'no-heads': 'no head measures',
    'no-instruction': 'none in prompt',
    'free-only': 'free-running only',
  } satisfies Record<Absence, string>,
  absentWhy: {
    'no-heads': 'This run carries no measures of its heads.',
    'no-instruction': 'The prompt asks for no format that a program could check.',
    'free-only': 'On a shared text only one lane writes. Each lane must write its own: choose free-running.',
  } satisfies Record<Absence, string>,
  parted: 'the texts have parted',
  waiting: {
    jitter: 'needs 16 steps',
    distant: 'nothing that far',
    distribution: 'needs 64 steps',
    repetition: 'needs 32 steps',
    reasoning: 'no digits yet',
    instruction: 'not yet',
  } satisfies Record<DetectorId, string>,
  thinned: (kept: number, steps: number) => `Head measures were kept at ${kept} of ${steps} steps.`,
  threshold: (value: number) => `Fires above ${value}.`,
  falseAlarms: (alarms: number, runs: number, lane: string) =>
    `On ${lane.toUpperCase().replaceAll('=', '')}, where it should be quiet, it fired in ${alarms} of ${runs} runs of the bundled prompts.`,
  start: 'Thresholds are start values, not calibrated.',
  calibrated: (on: string) => `Thresholds calibrated on ${on}.`,
  table: 'Numbers',
  stepColumn: 'step',
  empty: 'Fills while a run goes on.',
};

/** Beside the name of a free-running lane. */
export const laneFacts = {
  loops: 'loops',
  says: (answer: string) => `says ${answer}`,
  lacks: (answer: string) => `no ${answer}`,
};
