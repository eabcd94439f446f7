import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { Grown } from './grown';
import { forget, repaint } from './repaint';
import { forgetFont } from './text';
import type { Theme } from './theme';
import { onThemeChange, theme } from './theme';

/** What a chart paints on: CSS pixels, already scaled to the device and cleared to transparent. */
export interface Surface {
  ctx: CanvasRenderingContext2D;
  width: number;
  height: number;
  /** Device pixels per CSS pixel. */
  dpr: number;
  theme: Theme;
  /** On a live canvas: what need not be painted again; see `paintGrown`. */
  grown?: Grown;
}

export type Paint = (surface: Surface) => void;

/**
 * A canvas as large as its box, at device resolution. Returns the ref for the `<canvas>` and a function that asks for
 * a repaint on the next frame; size, zoom and theme changes repaint by themselves. `paint` may be a new closure on
 * every render: the latest one is used.
 */
export function useCanvas(paint: Paint): [(canvas: HTMLCanvasElement | null) => void, () => void] {
  const latest = useRef(paint);
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const observer = useRef<ResizeObserver | null>(null);
  const run = useRef<() => void>(null);
  const box = useRef({ width: 0, height: 0 });
  const grown = useRef<Grown>(null);
  run.current ??= () => {
    grown.current ??= new Grown();
    if (canvas.current) paintOn(canvas.current, box.current, grown.current, latest.current);
  };
  const request = useCallback(() => repaint(run.current as () => void), []);

  const attach = useCallback(
    (node: HTMLCanvasElement | null) => {
      observer.current?.disconnect();
      canvas.current = node;
      if (!node) return;
      observer.current ??= new ResizeObserver(([entry]) => {
        box.current = { width: entry.contentRect.width, height: entry.contentRect.height };
        request();
      });
      observer.current.observe(node);
    },
    [request],
  );

  useLayoutEffect(() => {
    latest.current = paint;
    request();
  });

  useEffect(() => {
    const off = onThemeChange(request);
    return () => {
      off();
      forget(run.current as () => void);
    };
  }, [request]);

  return [attach, request];
}

/** The box comes from the observer: asking the canvas itself would force a layout in every frame. */
function paintOn(
  canvas: HTMLCanvasElement,
  { width, height }: { width: number; height: number },
  grown: Grown,
  paint: Paint,
): void {
  if (width === 0 || height === 0) return;
  const ctx = canvas.getContext('2d');
  if (!ctx) return;
  const dpr = window.devicePixelRatio || 1;
  const w = Math.round(width * dpr);
  const h = Math.round(height * dpr);
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    forgetFont(ctx);
  }
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  ctx.clearRect(0, 0, width, height);
  paint({ ctx, width, height, dpr, theme: theme(), grown });
}
