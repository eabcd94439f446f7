import { useEffect, useState } from 'react';
import { cancelLoad } from '../engine-model';
import { useStore } from '../store';
import { en } from '../text/en';
import { sizeText, timeText } from '../ui/units';

const BYTES = ['header', 'download', 'upload'];

/** How far a model has come: bytes, rate and time left while there are bytes, elapsed time for the rest. */
export function LoadingPanel() {
  const loading = useStore((s) => s.loading);
  const [now, setNow] = useState(performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const text = en.model;
  if (!loading) return null;
  const { progress, since, from } = loading;
  const seconds = Math.max(0, (now - since) / 1000);
  const isBytes = progress !== null && BYTES.includes(progress.phase) && progress.total > 0;
  const rate = progress && seconds > 0.5 ? (progress.done - from) / seconds : 0;
  const parts: string[] = [];
  if (isBytes) {
    parts.push(text.progress(sizeText(progress.done), sizeText(progress.total)));
    if (rate > 0) parts.push(text.rate(sizeText(rate)), text.left(timeText((progress.total - progress.done) / rate)));
  } else parts.push(text.elapsed(timeText(seconds)));
  const share = progress && progress.total > 0 ? progress.done / progress.total : 0;
  return (
    <div className="chooser" role="status" aria-live="off">
      <b>{text.loading(loading.name)}</b>
      <div className="progress">
        <i style={{ width: `${100 * share}%` }} />
      </div>
      <div className="row m lab">
        <span>{text.phase[progress?.phase ?? 'header']}</span>
        <span>{parts.join(', ')}</span>
        <span className="gap" />
        <button type="button" className="btn" onClick={cancelLoad}>
          {text.cancel}
        </button>
      </div>
    </div>
  );
}
