import { runsOnCpu } from '../cpu';
import { fixed, grouped } from '../draw/figures';
import { frames } from '../frames';
import { lastStep } from '../planned-steps';
import { RATE } from '../recording/player';
import { useStore } from '../store';
import { en } from '../text/en';
import { megabytes } from '../ui/units';
import { useFramesAt } from '../use-frames';

const OVER = 16;

/** Mean milliseconds of the newest steps. */
export function pace(): { step: number; host: number } | null {
  const from = Math.max(1, frames.count - OVER);
  let step = 0;
  let host = 0;
  for (let i = from; i < frames.count; i++) {
    step += frames.get(i)?.ms.step ?? 0;
    host += frames.get(i)?.ms.host ?? 0;
  }
  const n = frames.count - from;
  return n > 0 && step > 0 ? { step: step / n, host: host / n } : null;
}

/** Step, speed, memory, the last failure, and what all of it was measured on. */
export function StatusBar() {
  useFramesAt(3);
  const text = en.status;
  const info = useStore((s) => s.runInfo);
  const steps = useStore(lastStep);
  const recording = useStore((s) => s.recording);
  const step = useStore((s) => s.step);
  const adapter = useStore((s) => s.recording?.adapter ?? s.adapter);
  const error = useStore((s) => s.error);
  const onCpu = useStore((s) => s.recording === null && runsOnCpu(s));
  const ms = pace();
  const bytes = frames.last?.lanes.map((lane) => lane.bytes) ?? info?.bytes ?? [];
  const originals = bytes.reduce((sum, lane) => sum + lane.instrumentation, 0);
  return (
    <footer className="status">
      {info ? (
        <>
          {recording && <span>{en.recording.chip}</span>}
          <span>
            {text.step} <b>{step}</b> / {steps}
          </span>
          {recording && <span>{en.recording.plays(RATE)}</span>}
          {recording ? (
            ms && <span>{en.recording.computed(fixed(ms.step, 1))}</span>
          ) : ms ? (
            <>
              <span>
                <b>{fixed(1000 / ms.step, 1)}</b> {text.rate}
              </span>
              <span>
                <b>{fixed(ms.step, 1)}</b> {text.ms}: {text.split(fixed(ms.host, 1), fixed(ms.step - ms.host, 1))}
              </span>
            </>
          ) : (
            <span>{text.prefill(grouped(info.prefillMs))}</span>
          )}
          {!recording && (
            <span>
              {text.gpu} <b>{megabytes(info.gpuBytes, 0)} MB</b>
              {originals > 0 && ` ${text.originals(megabytes(originals))}`}
            </span>
          )}
        </>
      ) : (
        <b>{text.notRunning}</b>
      )}
      {error ? (
        <span>
          <span className="fault">{error.message}</span>{' '}
          <button type="button" className="word" onClick={() => useStore.setState({ error: null })}>
            {text.dismiss}
          </button>
        </span>
      ) : (
        <span>{text.noErrors}</span>
      )}
      {adapter && (
        <span>
          {text.measured}: {adapter.name}
          {adapter.software && !onCpu && ` (${text.software})`}
        </span>
      )}
    </footer>
  );
}
