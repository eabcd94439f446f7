import type { CacheConfig, Move, SideName } from '../gpu/kv/config';
import type { Settings } from './settings';
import { bitsAt, defaultSettings, MOST_LANES, withBits } from './settings';
import type { Pending, State } from './store';

type Set = (patch: Partial<State> | ((s: State) => Partial<State>)) => void;

export interface SettingsSlice {
  settings: Settings;
  /** Grows with every edit by the visitor; a run remembers the value it started from. */
  edits: number;
  /** `edits` when the present run started: equal means that the run on screen is what the settings say. */
  runEdits: number;
  /** Values dragged to but not yet taken by the engine. */
  pending: Pending;
  /** Replaces settings without counting as an edit (restored session, opened link). */
  putSettings(settings: Settings): void;
  edit(patch: Partial<Settings>): void;
  editLane(change: (config: CacheConfig) => CacheConfig): void;
  /** Puts another configuration in place of the lane on show; its moves go with the old one. */
  putLane(config: CacheConfig): void;
  /** Replaces all lanes and drops every move. */
  putLanes(lanes: CacheConfig[]): void;
  addLane(config: CacheConfig): void;
  /** Takes out a lane, from 1, and its moves; those of the lanes behind it follow their lanes. The last one stays. */
  removeLane(lane: number): void;
  /** Bits before the run: writes the lane itself. The moves of the run on screen are folded in first. */
  setBits(field: SideName, value: number): void;
  /** Makes the present bits the starting point and drops the log. */
  foldMoves(): void;
  addMove(move: Move): void;
  setPending(field: SideName, value: number | null): void;
}

/** The lanes as they stand at `step`, without the log that led there. */
function fold(settings: Settings, step: number): Pick<Settings, 'lanes' | 'moves'> {
  const lanes = settings.lanes.map((config, i) => {
    const now = bitsAt(settings, i + 1, step);
    return withBits(withBits(config, 'k', now.k), 'v', now.v);
  });
  return { lanes, moves: [] };
}

export function settingsSlice(set: Set, get: () => State): SettingsSlice {
  const edited = (settings: Settings) => (s: State) => ({
    settings,
    edits: s.edits + 1,
    link: s.link.kind === 'opened' ? ({ kind: 'forked' } as const) : s.link,
  });
  const edit = (patch: Partial<Settings>) => set((s) => edited({ ...s.settings, ...patch })(s));
  return {
    settings: defaultSettings(),
    edits: 0,
    runEdits: -1,
    pending: {},
    putSettings: (settings) => set({ settings, pending: {}, runEdits: -1 }),
    edit,
    editLane: (change) => {
      const { settings, lane } = get();
      edit({ lanes: settings.lanes.map((config, i) => (i === lane - 1 ? change(config) : config)) });
    },
    putLane: (config) => {
      const { settings, lane } = get();
      edit({
        lanes: settings.lanes.map((old, i) => (i === lane - 1 ? config : old)),
        moves: settings.moves.filter((move) => move.lane !== lane),
      });
    },
    putLanes: (lanes) => {
      set({ lane: 1, pending: {} });
      edit({ lanes, moves: [] });
    },
    addLane: (config) => {
      const { lanes } = get().settings;
      if (lanes.length < MOST_LANES) edit({ lanes: [...lanes, config] });
    },
    removeLane: (gone) => {
      const { settings, lane } = get();
      if (settings.lanes.length < 2) return;
      const moves = settings.moves
        .filter((move) => move.lane !== gone)
        .map((move) => (move.lane > gone ? { ...move, lane: move.lane - 1 } : move));
      const lanes = settings.lanes.filter((_, i) => i !== gone - 1);
      set({ lane: Math.min(lane > gone ? lane - 1 : lane, lanes.length), pending: {} });
      edit({ lanes, moves });
    },
    setBits: (field, value) => {
      const { settings, edits, runEdits, step } = get();
      const folded = edits === runEdits ? fold(settings, step) : settings;
      const lane = get().lane;
      const lanes = folded.lanes.map((config, i) => (i === lane - 1 ? withBits(config, field, value) : config));
      edit({ lanes, moves: folded.moves.filter((move) => move.lane !== lane || move.field !== field) });
    },
    foldMoves: () => edit(fold(get().settings, get().edits === get().runEdits ? get().step : Number.POSITIVE_INFINITY)),
    addMove: (move) =>
      set((s) => {
        const others = s.settings.moves.filter(
          (m) => !(m.lane === move.lane && m.step === move.step && m.field === move.field),
        );
        const moves = [...others, move].sort((a, b) => a.step - b.step);
        const next = edited({ ...s.settings, moves })(s);
        return s.runEdits === s.edits ? { ...next, runEdits: next.edits } : next;
      }),
    setPending: (field, value) =>
      set((s) => {
        const pending = { ...s.pending };
        if (value === null) delete pending[field];
        else pending[field] = value;
        return { pending };
      }),
  };
}
