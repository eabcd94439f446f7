import type { BrokenReason } from '../store-link';

/** Header, dialogs, states, links. */
export const page = {
  name: 'kvscope',
  skip: 'Skip to the charts',
  share: 'Share',
  theme: 'Theme',
  themes: { auto: 'as the system', light: 'light', dark: 'dark' },
  themeNow: (theme: string) => `Theme: ${theme}`,
  help: 'Keyboard',
  menu: 'More',
  download: 'Download run',
  tabs: { text: 'Text', kl: 'KL', attention: 'Attention', compare: 'Compare', lab: 'Lab', setup: 'Setup' },
  tabList: 'Views',
  sections: {
    compare: 'Compare',
    lab: 'Lab',
    notices: 'Notices',
    setup: 'Setup',
    charts: 'Charts',
    numbers: 'Figures and next token',
    dock: 'Precision and transport',
  },
  sum: { memory: 'memory', kl: 'KL now', sameTop: 'same-top', of: (n: number) => `of ${n}`, lane: 'lane' },
  spoken: {
    started: 'Run started.',
    paused: (step: number) => `Paused at step ${step}.`,
    finished: (top: string, kl: string) => `Finished: same-top ${top}, median KL ${kl}.`,
    diverged: (step: number) => `Step ${step}: first token that FP16 would not pick.`,
    progress: (step: number) => `Step ${step}.`,
  },
};

export const help = {
  title: 'Keyboard',
  about: 'Keys act when no field or button has the focus.',
  on: 'Use these keys',
  keys: [
    ['Space', 'run or pause'],
    ['. ,', 'one step forward, one step back'],
    ['Home End', 'first step, newest step'],
    ['k K', 'fewer or more bits for keys'],
    ['v V', 'fewer or more bits for values'],
    ['b', 'lock K + V'],
    ['x', 'swap K and V bits'],
    ['c', 'all lanes in a table, and back'],
    ['l', 'the lab, and back'],
    ['d', 'next first failing step of a detector, or first step where FP16 would pick another token'],
    ['s', 'copy the link'],
    ['/', 'go to the prompt'],
    ['?', 'this list'],
    ['← → ↑ ↓', 'in a chart: move; in the head map Enter locks a head, Esc frees it'],
    ['2 … 8', 'on a focused ruler: set the bits'],
  ] as const,
  close: 'Close',
};

export const share = {
  title: 'Share this run',
  about: 'The link holds the whole recipe: model, prompt, decoding, precision and every slider move with its step.',
  receipt: (steps: number) =>
    `It carries a receipt of ${steps} steps, so the page that opens it can tell whether it got the same run.`,
  noReceipt: 'No receipt: the settings were changed since the run on screen, or there is no run yet.',
  noModel: 'No model is loaded, so the link names none.',
  localModel: (name: string) =>
    `The model is a file of yours: the link names ${name} and its checksum, the recipient needs the same file.`,
  label: 'Link',
  copy: 'Copy link',
  copied: 'Copied',
  copyFailed: 'This browser did not allow copying. The link is selected: copy it with Ctrl C or ⌘ C.',
  long: (n: number) => `${n} characters: some chat programs cut links of this length. The checksum would notice.`,
  tooLong: (n: number, max: number) =>
    `${n} characters are too many for a link (at most ${max}). Save a run file instead; dropping it on the page opens it.`,
  save: 'Save run file',
  close: 'Close',
};

const reasons: Record<BrokenReason['code'], { what: string; why: (detail: string) => string }> = {
  cut: {
    what: 'This link is damaged',
    why: () =>
      'Its checksum does not match: a part is missing or was changed on the way. Chat programs sometimes cut long links.',
  },
  newer: {
    what: 'This link is newer than this page',
    why: (version) =>
      `It was made with link version ${version}; this page reads version 1. Reload, or open it on an up-to-date page.`,
  },
  'unknown-key': {
    what: 'This link asks for something this page does not know',
    why: (key) => `The setting "${key}" decides the result, so the page does not guess and does not leave it out.`,
  },
  'bad-value': {
    what: 'This link holds an impossible value',
    why: (detail) => detail,
  },
  'not-a-link': {
    what: 'This address is not a kvscope link',
    why: () => 'What follows the # is neither a run nor a part of one.',
  },
};

export const link = {
  reasons,
  next: 'Ask for the link again. Nothing of your own work here was touched.',
  read: 'What could be read',
  nothing: 'nothing',
  own: 'Open kvscope with my own work',
  fields: {
    m: 'model',
    p: 'prompt scene',
    z: 'prompt text',
    ch: 'chat template',
    d: 'decoding',
    s: 'seed',
    n: 'output tokens',
    mode: 'mode',
    l: 'lane',
    ev: 'slider moves',
    at: 'step on show',
    h: 'head',
    x: 'receipt',
    v: 'link version',
  } as Record<string, string>,
  ignored: (keys: string[]) => `The link also has view settings that this page passed over: ${keys.join(', ')}.`,
  opened: 'You opened a link. Your own work is kept apart.',
  forked: 'forked from link',
  back: 'Back to my own work',
  same: (steps: number) => `Identical to the sender's run through step ${steps}.`,
  soFar: (steps: number) => `Identical to the sender's run through step ${steps} so far.`,
  parts: (steps: number, tokens: boolean) =>
    tokens
      ? `Same tokens as the sender's run; KL parts from it after step ${steps}.`
      : `Runs part from step ${steps} on: this adapter computes other last bits than the sender's.`,
  waiting: 'Run it to compare with the sender’s receipt.',
  noReceipt: 'The link has no receipt to compare with.',
  runFileBad: 'This JSON file is not a kvscope run file.',
};

export const states = {
  retry: 'Try again',
  dismiss: 'Dismiss',
  storageBlocked: 'This browser does not keep files for the page: models are loaded again at each visit.',
  recovered: (step: number) => `The GPU was lost and is back. The run was rebuilt up to step ${step} from its tokens.`,
  lostForGood: 'The GPU was lost and could not be started again.',
  lost: 'The GPU was lost',
  lostWhy: 'The driver reset it, or another program took its memory. What is on screen stays.',
  recovering: 'Starting the GPU again and rebuilding the run …',
  failed: 'The engine stopped',
  noWebgpu: 'This browser has no WebGPU, so nothing can run live here yet',
  noAdapter: 'WebGPU found no usable graphics adapter',
  noWebgpuHelp: 'How to turn WebGPU on',
  stillWorks: 'Settings, links and recordings still work.',
  facts: {
    gpu: 'navigator.gpu',
    missing: 'missing',
    present: 'present',
    adapter: 'GPU adapter',
    notAsked: 'not asked',
    none: 'none offered',
    f16: 'shader-f16',
    notNeeded: 'not needed',
    link: 'Your link',
    linkWhole: 'read in full, checksum matches, nothing lost',
    secure: 'secure context',
    insecure: 'no: WebGPU needs https:// or localhost',
    yes: 'yes',
  },
  webgpu: {
    title: 'How to turn WebGPU on',
    items: [
      [
        'Chrome, Edge 113 and newer',
        'on by default on Windows, macOS, ChromeOS; on Linux since 144, earlier with chrome://flags/#enable-unsafe-webgpu',
      ],
      ['Chrome on Android', 'from version 121, on most phones with Android 12 or newer'],
      ['Safari 26', 'on by default on macOS 26, iOS 26 and iPadOS 26'],
      ['Firefox', 'Windows from 141, Apple silicon from 145; elsewhere about:config, dom.webgpu.enabled'],
      ['Anywhere', 'use https:// or localhost, update the graphics driver, leave hardware acceleration on'],
    ] as const,
    close: 'Close',
  },
  outOfMemory: 'Choose fewer output tokens, fewer bits or a smaller model.',
};
