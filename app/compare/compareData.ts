import { find } from '../../gpu/kv/catalog';
import type { CacheConfig } from '../../gpu/kv/config';
import type { Entry } from '../../gpu/kv/entry';
import { footprint } from '../../gpu/kv/footprint';
import { formatLane } from '../../gpu/kv/lane';
import { optionOf, overrides, ownParams } from '../../gpu/kv/lane-system';
import { lastMoveStep } from '../divergence/klFlags';
import { ascending, quantile } from '../divergence/quantile';
import { frames } from '../frames';
import { widthsName } from '../lane-name';
import { bitsAt } from '../settings';
import type { State } from '../store';

/** What the bytes of a lane are made of, in bits per value. */
export interface Size {
  /** Effective bits, metadata and FP16 rows included. */
  bits: number;
  /** The part that is codes. */
  codes: number;
  bytes: number;
  /** Counted by the engine, or foreseen from the settings. */
  measured: boolean;
}

/** KL per step in nats, over the steps that are compared. */
export interface Spread {
  steps: number;
  median: number;
  low: number;
  high: number;
  p99: number;
  sameTop: number;
}

export interface CompareRow {
  /** From 1. */
  lane: number;
  /** True when the run on screen has this lane as the settings have it. */
  isRun: boolean;
  title: string;
  /** Widths and settings in a line. */
  detail: string;
  entry: Entry | null;
  isCustom: boolean;
  size: Size | null;
  /** Bits at the length of the memory forecast; null where they follow from the text. */
  bitsLater: number | null;
  kl: Spread | null;
}

/** Steps that are compared: all lanes from the last move of any. */
export function comparedFrom(state: State): number {
  const lanes = frames.lanes.map((_, lane) => lastMoveStep(state.settings.moves, lane, frames.count));
  return Math.max(0, ...lanes);
}

export function compareRows(state: State): CompareRow[] {
  const from = comparedFrom(state);
  return state.settings.lanes.map((config, i) => rowOf(state, config, i + 1, from));
}

const texts = new WeakMap<CacheConfig, string>();

function textOf(config: CacheConfig): string {
  const text = texts.get(config) ?? formatLane(config);
  texts.set(config, text);
  return text;
}

/** A lane that was changed since, or came later, has no numbers in the run on screen. */
function isOfRun(state: State, config: CacheConfig, lane: number): boolean {
  const ran = state.runInfo?.configs[lane];
  return ran !== undefined && (state.edits === state.runEdits || textOf(ran) === textOf(config));
}

function rowOf(state: State, config: CacheConfig, lane: number, from: number): CompareRow {
  const entry = config.system === undefined ? null : find('system', config.system);
  const isRun = isOfRun(state, config, lane);
  const bits = bitsAt(state.settings, lane, isRun ? Math.max(0, frames.count - 1) : -1);
  return {
    lane,
    isRun,
    title: entry?.title ?? codecTitle(config),
    detail: [widthsName(config, bits), ...settingsOf(config, entry)].join(', '),
    entry,
    isCustom: overrides(config).length > 0,
    size: sizeOf(state, config, isRun ? lane : null),
    bitsLater: state.model && !config.evict ? footprint(config, state.model, state.length).effectiveBits.mean : null,
    kl: isRun ? spreadOf(lane, from) : null,
  };
}

function codecTitle(config: CacheConfig): string {
  const ids = [config.k, config.v].filter(({ bits }) => bits < 16).map(({ codec }) => codec);
  return find('codec', ids[0] ?? 'f16').title;
}

/** What the lane is set to, as short as it can be said. */
function settingsOf(config: CacheConfig, entry: Entry | null): string[] {
  if (entry) {
    const own = ownParams(entry.id).filter(({ key }) => !key.startsWith('then') || config.options?.[key] !== undefined);
    return [...own.map((param) => `${param.title.toLowerCase()} ${optionOf(config, param)}`), ...overrides(config)];
  }
  const groups = new Set([config.k, config.v].filter(({ bits }) => bits < 16).map(({ group }) => group));
  return [...groups].map((group) => `group ${group}`).concat(keptOf(config));
}

const keptOf = ({ keep }: CacheConfig): string[] => [
  ...(keep.window > 0 ? [`window ${keep.window}`] : []),
  ...(keep.sinks > 0 ? [`sinks ${keep.sinks}`] : []),
];

/** As the engine counts it at the newest step; before a run, as the settings foresee it at its end. */
function sizeOf(state: State, config: CacheConfig, lane: number | null): Size | null {
  const step = lane === null ? undefined : frames.last?.lanes[lane];
  if (step) {
    const { codes, meta, exact } = step.bytes;
    const all = codes + meta + exact;
    const bits = step.effectiveBits.mean;
    return { bits, codes: all > 0 ? (bits * codes) / all : 0, bytes: step.bytes.total, measured: true };
  }
  if (!state.model) return null;
  const tokens = Math.max(1, (state.prompt?.ids.length ?? 0) + state.settings.steps);
  const { k, v, total, effectiveBits } = footprint(config, state.model, tokens);
  const bits = effectiveBits.mean;
  return { bits, codes: total > 0 ? (bits * (k.codes + v.codes)) / total : 0, bytes: total, measured: false };
}

function spreadOf(lane: number, from: number): Spread | null {
  const columns = frames.lanes[lane];
  if (!columns) return null;
  const sorted = ascending(columns.kl, from, columns.count);
  if (sorted.length === 0) return null;
  let agree = 0;
  for (let step = from; step < columns.count; step++) agree += columns.sameTop[step];
  const at = (p: number) => quantile(sorted, p);
  const steps = columns.count - from;
  return { steps, median: at(0.5), low: at(0.25), high: at(0.75), p99: at(0.99), sameTop: agree / steps };
}
