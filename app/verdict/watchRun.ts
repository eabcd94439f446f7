import { Watch } from '../../gpu/measure/watch';
import { runMode } from '../draw/runMode';
import { frames } from '../frames';
import type { State } from '../store';
import { useStore } from '../store';
import { answers } from './answers';

/** Labels of tokens that end a turn in the families that run here. */
const TURN_END = /^(<\|(im_end|endoftext|eot_id|eom_id|end_of_text|end)\|>|<\/s>)$/;

interface Present {
  key: string;
  watch: Watch;
  /** Steps with head measures, by step taken. */
  headSteps: number;
  /** Moves that the lanes were restarted for. */
  moves: string;
}

let present: Present | null = null;
let modeOf = { run: -1, mode: 'same-prefix' as State['settings']['mode'] };

/** Moves of the steps before `count`. */
const movesUntil = (state: State, count: number) =>
  state.settings.moves.filter((move) => move.step < count).map(({ step, lane }) => `${step}.${lane}`);

/** A run keeps the mode it was started in, whatever the settings are changed to. */
function modeNow(state: State, run: number): State['settings']['mode'] {
  const isNew = run !== modeOf.run || state.edits === state.runEdits;
  if (isNew || runMode(state) === 'free-running') modeOf = { run, mode: runMode(state) };
  return modeOf.mode;
}

function begin(state: State, key: string, mode: State['settings']['mode']): Present {
  const { model, prompt, settings } = state;
  const watch = new Watch(
    {
      lanes: frames.lanes.length,
      layers: model?.layers ?? 0,
      heads: model?.heads ?? 0,
      mode,
      measuresHeads: true,
      prompt: prompt?.pieces.join('') ?? settings.text,
      key: answers[settings.scene ?? ''] ?? null,
      label: (id) => frames.labels.get(id) ?? '',
    },
    (token) => TURN_END.test(frames.labels.get(token) ?? ''),
  );
  return { key, watch, headSteps: 0, moves: '' };
}

/**
 * The detectors over the run on screen, up to its newest step. Each step is taken once, as it comes; a rewind, another run, or a move
 * that became known late starts over.
 */
export function watchRun(): Present | null {
  const state = useStore.getState();
  const { info } = frames;
  if (!info || frames.count === 0 || !state.model) return null;
  const key = `${info.run}.${frames.epoch}.${modeNow(state, info.run)}.${frames.lanes.length}`;
  if (present?.key !== key || present.moves !== movesUntil(state, present.watch.count).join())
    present = begin(state, key, modeOf.mode);
  const { watch } = present;
  if (watch.count === frames.count) return present;
  const moves = state.settings.moves;
  for (let step = watch.count; step < frames.count; step++) {
    const frame = frames.get(step);
    if (!frame) break;
    for (const move of moves) if (move.step === step) watch.restart(move.lane);
    watch.take(frame);
    if (frame.heads.length > 0) present.headSteps++;
  }
  present.moves = movesUntil(state, watch.count).join();
  return present;
}

// Measures of heads leave memory after a while: they are looked at while they are there.
frames.subscribe(() => void watchRun());
