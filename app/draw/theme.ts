/** The design tokens as a canvas needs them: plain colour strings, read once per theme, not once per paint. */
export interface Theme {
  bg: string;
  sunk: string;
  line: string;
  lineStrong: string;
  ink: string;
  ink2: string;
  ink3: string;
  inkInv: string;
  fp16: string;
  a: string;
  b: string;
  aSoft: string;
  bSoft: string;
  hatch: string;
  onDiv: string;
  /** Magnitude, weakest first (s1..s8). */
  ramp: string[];
  /** Signed difference, d1 (most negative) .. d9; d5 is zero. */
  diverging: string[];
  /** Width of a data line in CSS pixels. */
  stroke: number;
  sans: string;
  /** Forced colours: every cell needs a border, lanes differ by line style. */
  forced: boolean;
}

let current: Theme | null = null;
const listeners = new Set<() => void>();

function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    bg: token('bg'),
    sunk: token('sunk'),
    line: token('line'),
    lineStrong: token('line-strong'),
    ink: token('ink'),
    ink2: token('ink-2'),
    ink3: token('ink-3'),
    inkInv: token('ink-inv'),
    fp16: token('fp16'),
    a: token('a'),
    b: token('b'),
    aSoft: token('a-soft'),
    bSoft: token('b-soft'),
    hatch: token('hatch'),
    onDiv: token('on-div'),
    ramp: [1, 2, 3, 4, 5, 6, 7, 8].map((i) => token(`s${i}`)),
    diverging: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => token(`d${i}`)),
    stroke: Number.parseFloat(token('stroke')) || 1.75,
    sans: token('sans') || 'sans-serif',
    forced: matchMedia('(forced-colors: active)').matches,
  };
}

export function theme(): Theme {
  current ??= readTheme();
  return current;
}

/** Calls `listener` whenever the colours may have changed: data-theme, the system scheme, more contrast, forced colours. */
export function onThemeChange(listener: () => void): () => void {
  if (listeners.size === 0) watch();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

let watching = false;

function watch(): void {
  if (watching) return;
  watching = true;
  const changed = () => {
    current = null;
    for (const listener of listeners) listener();
  };
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)']) {
    matchMedia(query).addEventListener('change', changed);
  }
  new MutationObserver(changed).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme', 'class', 'style'],
  });
}
