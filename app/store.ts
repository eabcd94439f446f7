import { create } from 'zustand';
import type { PlainError } from '../gpu/errors';
import type { MoveScope, SideName } from '../gpu/kv/config';
import type { AdapterSummary, HeadMeasure, ModelSummary } from '../gpu/run-types';
import type { Inspection, Progress, RunInfo, RunState, StorageSummary, StoredModel } from '../workers/protocol';
import type { LinkSlice } from './store-link';
import { linkSlice } from './store-link';
import type { RecordingSlice } from './store-recording';
import type { SettingsSlice } from './store-settings';
import { settingsSlice } from './store-settings';

export type EngineState = 'starting' | 'ready' | 'no-webgpu' | 'no-adapter' | 'failed' | 'lost' | 'recovering';
export type Phase = 'none' | 'preparing' | RunState['state'];
export type Theme = 'auto' | 'light' | 'dark';
/** The page's sheets: one lane in depth, experiments, all lanes in a table. */
export type View = 'run' | 'lab' | 'compare';
export type Tab = 'text' | 'kl' | 'attention' | 'setup';

export interface HeadId {
  layer: number;
  head: number;
}

/** Loading of a model: what is asked for, and how far it has come. */
export interface Loading {
  name: string;
  progress: Progress | null;
  /** `performance.now()` at the start of the present phase. */
  since: number;
  /** Bytes already there when the phase began to count. */
  from: number;
}

export interface Ask {
  name: string;
  inspection: Inspection | null;
  error: PlainError | null;
}

/** Facts about the engine, the model and the run, as its events report them. Frames live in `frames.ts`, not here. */
interface EngineSlice {
  engine: EngineState;
  engineError: PlainError | null;
  adapter: AdapterSummary | null;
  storage: StorageSummary | null;
  model: ModelSummary | null;
  /** Where the model came from, for links and recent lists: `owner/repo/file.gguf` or a file name. */
  modelRef: string;
  kept: { kept: boolean; why: string } | null;
  loading: Loading | null;
  stored: StoredModel[];
  /** Prompt as the model sees it; null while unknown. */
  prompt: { ids: number[]; pieces: string[] } | null;
  promptError: PlainError | null;
  phase: Phase;
  runInfo: RunInfo | null;
  /** Steps computed so far by the engine. */
  step: number;
  reason: RunState['reason'];
  prefill: Progress | null;
  /** The last failure, kept until dismissed. */
  error: PlainError | null;
  notices: string[];
}

/** What the visitor looks at. The cursor is the only time control; every view follows it. */
interface ViewSlice {
  /** `live` follows the newest step. */
  cursor: number | 'live';
  /** Lane on show beside the shadow, from 1. */
  lane: number;
  head: HeadId;
  hoveredHead: HeadId | null;
  hoveredStep: number | null;
  metric: HeadMeasure;
  theme: Theme;
  view: View;
  /** Section of the lab. */
  section: string;
  tab: Tab;
  /** Length for the memory forecast, tokens. */
  length: number;
  lock: boolean;
  scope: MoveScope;
  keys: boolean;
  dialog: 'share' | 'help' | 'webgpu' | 'menu' | null;
  /** What Pocket is has not been read and put away yet. */
  pocketStrip: boolean;
  set(patch: Partial<State>): void;
  setCursor(cursor: number | 'live'): void;
  setHead(head: HeadId): void;
  setHoveredHead(head: HeadId | null): void;
  setHoveredStep(step: number | null): void;
  setMetric(metric: HeadMeasure): void;
  notice(text: string): void;
  dropNotice(text: string): void;
}

export type State = EngineSlice & ViewSlice & SettingsSlice & LinkSlice & RecordingSlice;
export type Pending = Partial<Record<SideName, number>>;

export const useStore = create<State>()((set, get) => ({
  ...settingsSlice(set, get),
  ...linkSlice(set),
  recording: null,
  coming: true,
  engine: 'starting',
  engineError: null,
  adapter: null,
  storage: null,
  model: null,
  modelRef: '',
  kept: null,
  loading: null,
  stored: [],
  prompt: null,
  promptError: null,
  phase: 'none',
  runInfo: null,
  step: 0,
  reason: null,
  prefill: null,
  error: null,
  notices: [],
  cursor: 'live',
  lane: 1,
  head: { layer: 0, head: 0 },
  hoveredHead: null,
  hoveredStep: null,
  metric: 'tv',
  theme: 'auto',
  view: 'run',
  section: 'grid',
  tab: 'attention',
  length: 8192,
  lock: false,
  scope: 'all',
  keys: true,
  dialog: null,
  pocketStrip: true,
  set,
  setCursor: (cursor) => set({ cursor: cursor === 'live' ? cursor : Math.max(0, Math.round(cursor)) }),
  setHead: (head) => set({ head }),
  setHoveredHead: (hoveredHead) => set({ hoveredHead }),
  setHoveredStep: (hoveredStep) => set({ hoveredStep }),
  setMetric: (metric) => set({ metric }),
  notice: (text) => set((s) => (s.notices.includes(text) ? s : { notices: [...s.notices, text] })),
  dropNotice: (text) => set((s) => ({ notices: s.notices.filter((n) => n !== text) })),
}));

/** The head that every attention view shows: the hovered one, else the locked one. */
export const shownHead = (s: State): HeadId => s.hoveredHead ?? s.head;
