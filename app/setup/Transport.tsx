import { cancelStart, pause, play, rewind, stepOn } from '../engine-run';
import { useStore } from '../store';
import { en } from '../text/en';
import { Icon } from '../ui/Icon';
import { whyNotRun } from './reason';

/** Run, pause, one step, back to the start. The same parts serve the dock of the phone. */
export function RunButton({ iconOnly = false }: { iconOnly?: boolean }) {
  const phase = useStore((s) => s.phase);
  const why = useStore(whyNotRun);
  const isStale = useStore((s) => s.edits !== s.runEdits);
  const isRecording = useStore((s) => s.recording !== null);
  const text = en.run;
  const size = iconOnly ? 14 : 12;
  if (phase === 'preparing') {
    return (
      <button
        type="button"
        className={`btn prime run ${iconOnly ? 'icon' : ''}`}
        aria-label={text.cancel}
        onClick={cancelStart}
      >
        <Icon name="stop" size={size} />
        {!iconOnly && text.cancel}
      </button>
    );
  }
  const isPlaying = phase === 'playing';
  const again = isRecording ? en.recording.again : text.again;
  const start = isRecording ? en.recording.play : text.run;
  const name = isPlaying ? text.pause : phase === 'finished' && !isStale ? again : start;
  return (
    <button
      type="button"
      className={`btn prime run ${iconOnly ? 'icon' : ''}`}
      aria-label={name}
      disabled={!isPlaying && why !== null}
      onClick={() => void (isPlaying ? pause() : play())}
    >
      <Icon name={isPlaying ? 'pause' : 'play'} size={size} />
      {!iconOnly && name}
    </button>
  );
}

export function StepButton() {
  const why = useStore(whyNotRun);
  const atEnd = useStore((s) => s.phase === 'preparing' || (s.phase === 'finished' && s.cursor === 'live'));
  return (
    <button
      type="button"
      className="btn icon"
      aria-label={en.run.step}
      title={en.run.step}
      disabled={why !== null || atEnd}
      onClick={() => void stepOn()}
    >
      <Icon name="step" />
    </button>
  );
}

export function StartButton() {
  const has = useStore((s) => s.runInfo !== null && s.step > 0);
  return (
    <button
      type="button"
      className="btn icon"
      aria-label={en.run.toStart}
      title={en.run.toStart}
      disabled={!has}
      onClick={() => void rewind()}
    >
      <Icon name="start" />
    </button>
  );
}
