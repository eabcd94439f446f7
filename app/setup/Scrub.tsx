import type { CSSProperties } from 'react';
import { frames } from '../frames';
import { lastStep } from '../planned-steps';
import { seekTo } from '../recording/open';
import { useStore } from '../store';
import { en } from '../text/en';
import { useCursorStep } from '../use-frames';

/** The run from step 0 to its last possible one, filled as far as computed; the thumb is the cursor. */
export function Scrub() {
  const step = Math.max(0, useCursorStep());
  const steps = Math.max(1, useStore(lastStep));
  const isRecording = useStore((s) => s.recording !== null);
  const moves = useStore((s) => s.settings.moves);
  const lane = useStore((s) => s.lane);
  const setCursor = useStore((s) => s.setCursor);
  const last = Math.max(0, frames.count - 1);
  const share = (value: number) => `${(100 * Math.min(value, steps)) / steps}%`;
  return (
    <div className="scrub" style={{ '--done': share(last) } as CSSProperties}>
      {moves
        .filter((move) => move.lane === lane && move.step <= last)
        .map((move) => (
          <i key={`${move.step}${move.field}`} style={{ left: share(move.step) }} />
        ))}
      <input
        type="range"
        min={0}
        max={steps}
        value={step}
        disabled={frames.count === 0}
        aria-label={en.run.scrub}
        aria-valuetext={en.run.scrubValue(step, last)}
        onChange={(event) => {
          const wanted = Number(event.target.value);
          if (isRecording) seekTo(wanted);
          else setCursor(wanted >= last ? 'live' : wanted);
        }}
      />
    </div>
  );
}
