import { startTransition, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { frames } from '../frames';
import { useStore } from '../store';
import { forget, repaint } from './repaint';

/** Tells `request` whenever a frame arrives or the cursor, the head or a setting moves. */
export function subscribeLive(request: () => void): () => void {
  const offFrames = frames.subscribe(request);
  const offStore = useStore.subscribe(request);
  return () => {
    offFrames();
    offStore();
  };
}

/**
 * Runs `update` on the next animation frame after such a change: for figures and short labels that follow the cursor
 * in the same frame as the canvases, written into their nodes without a React render.
 */
export function useLive(update: () => void): void {
  const latest = useRef(update);
  const run = useRef<() => void>(null);
  run.current ??= () => latest.current();
  useLayoutEffect(() => {
    latest.current = update;
    latest.current();
  });
  useEffect(() => {
    const paint = run.current as () => void;
    const off = subscribeLive(() => repaint(paint));
    return () => {
      off();
      forget(paint);
    };
  }, []);
}

/** Writes only what differs: an unchanged text costs no layout. */
export function putText(node: Element | null, text: string): void {
  if (node && node.textContent !== text) node.textContent = text;
}

/** For tables and small charts: a render at most `hz` times a second after such changes, the last one always shown. */
export function useLiveAt(hz: number): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const gap = 1000 / hz;
    let shown = performance.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = subscribeLive(() => {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          shown = performance.now();
          startTransition(() => setVersion((n) => n + 1));
        },
        Math.max(0, gap - (performance.now() - shown)),
      );
    });
    return () => {
      off();
      clearTimeout(timer);
    };
  }, [hz]);
  return version;
}
