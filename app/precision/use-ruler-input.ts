import type { ChangeEvent, KeyboardEvent } from 'react';
import { useRef } from 'react';
import { nearest, stopFrom } from './bits';

interface Ruled {
  wanted: number;
  stops: readonly number[];
  set(bits: number): void;
  /** While the thumb is held. */
  preview(bits: number): void;
  /** What is wanted when the thumb is let go. */
  latest(): number;
}

/** A native range over the cells of a ruler: arrows go from stop to stop, digits name a width, a drag counts when it ends. */
export function useRulerInput({ wanted, stops, set, preview, latest }: Ruled) {
  const held = useRef(false);
  const onKeyDown = (event: KeyboardEvent) => {
    const digit = /^[2-8]$/.test(event.key) ? Number(event.key) : null;
    const up = event.key === 'ArrowRight' || event.key === 'ArrowUp';
    const down = event.key === 'ArrowLeft' || event.key === 'ArrowDown';
    if (digit === null && !up && !down && event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    event.stopPropagation();
    if (digit !== null) set(digit);
    else if (event.key === 'Home') set(stops[0]);
    else if (event.key === 'End') set(stops[stops.length - 1]);
    else set(stopFrom(wanted, up, stops));
  };
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const stop = nearest(Number(event.target.value), stops);
    if (held.current) preview(stop);
    else set(stop);
  };
  const onPointerDown = () => {
    held.current = true;
  };
  const release = () => {
    if (!held.current) return;
    held.current = false;
    set(latest());
  };
  const ends = { onPointerUp: release, onPointerCancel: release, onBlur: release };
  return {
    min: 0,
    max: 16,
    step: 1,
    value: wanted,
    onChange,
    onKeyDown,
    onPointerDown,
    ...ends,
  };
}
