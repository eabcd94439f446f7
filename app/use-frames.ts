import { useEffect, useState } from 'react';
import { frames } from './frames';
import { useStore } from './store';

/** Re-renders when frames change: at most `hz` times a second, the last change always shown. */
export function useFramesAt(hz: number): number {
  const [version, setVersion] = useState(frames.version);
  useEffect(() => {
    const gap = 1000 / hz;
    let shown = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer = undefined;
      shown = performance.now();
      setVersion(frames.version);
    };
    const stop = frames.subscribe(() => {
      timer ??= setTimeout(show, Math.max(0, gap - (performance.now() - shown)));
    });
    show();
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [hz]);
  return version;
}

/** The step on show: the cursor, or the newest step while it follows the run; -1 before the first. */
export function cursorStep(cursor: number | 'live'): number {
  return cursor === 'live' ? frames.count - 1 : Math.min(cursor, frames.count - 1);
}

/** The same in a component: at once when the cursor is moved, ten times a second while it follows the run. */
export function useCursorStep(): number {
  useFramesAt(10);
  return cursorStep(useStore((s) => s.cursor));
}
