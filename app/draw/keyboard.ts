import type { KeyboardEvent } from 'react';
import { useCallback, useRef, useState } from 'react';

export interface CursorKeys {
  /** Moves by whole cells: arrows (dx, dy), Page keys ten at a time, Home and End as far as it goes. */
  move(dx: number, dy: number): void;
  lock?(): void;
  free?(): void;
  table?(): void;
  /** The value under the cursor, as a sentence. */
  describe(): string;
}

const far = 1e9;

const steps: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
  Home: [-far, 0],
  End: [far, 0],
};

/**
 * Arrow keys for a canvas: one Tab stop, a cursor that moves inside it, and the value spoken once the keys rest
 * (250 ms), so that holding an arrow does not flood a screen reader.
 */
export function useKeyboardCursor(keys: CursorKeys): { spoken: string; onKeyDown: (event: KeyboardEvent) => void } {
  const latest = useRef(keys);
  latest.current = keys;
  const timer = useRef(0);
  const [spoken, speak] = useState('');

  const onKeyDown = useCallback((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = actionOf(event.key, latest.current);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => speak(latest.current.describe()), 250);
  }, []);

  return { spoken, onKeyDown };
}

function actionOf(key: string, keys: CursorKeys): (() => void) | undefined {
  const step = steps[key];
  if (step) return () => keys.move(step[0], step[1]);
  if (key === 'Enter') return keys.lock;
  if (key === 'Escape') return keys.free;
  if (key === 't') return keys.table;
  return undefined;
}
