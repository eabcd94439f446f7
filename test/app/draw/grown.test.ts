import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Surface } from '../../../app/draw/canvas';
import { Grown, paintGrown } from '../../../app/draw/grown';

/** A context that only notes which finished part it was given. */
function context(width = 100, height = 50) {
  const canvas = { width, height, getContext: () => ctx as unknown };
  const ctx = {
    canvas,
    shown: 0,
    setTransform() {},
    save() {},
    resetTransform() {},
    drawImage: () => ctx.shown++,
    restore() {},
  };
  return ctx;
}

let finished = context();
beforeEach(() => {
  finished = context();
  vi.stubGlobal('document', { createElement: () => finished.canvas });
});
afterEach(() => vi.unstubAllGlobals());

/** The parts painted: [into the finished part?, from, to]. */
function parts(surface: Surface, key: string, to: number): [boolean, number, number][] {
  const out: [boolean, number, number][] = [];
  paintGrown(surface, key, to, (onto, from, end) => out.push([onto.ctx !== surface.ctx, from, end]));
  return out;
}

const live = (ctx = context()) => ({ ctx, dpr: 1, grown: new Grown() }) as unknown as Surface;

test('paints each step once into the finished part, and only the newest ones again', () => {
  const ctx = context();
  const surface = live(ctx);
  expect(parts(surface, 'a', 10)).toEqual([[false, 0, 10]]);
  expect(ctx.shown).toBe(0);
  expect(parts(surface, 'a', 33)).toEqual([
    [true, 0, 32],
    [false, 31, 33],
  ]);
  expect(parts(surface, 'a', 40)).toEqual([[false, 31, 40]]);
  expect(parts(surface, 'a', 100)).toEqual([
    [true, 31, 96],
    [false, 95, 100],
  ]);
  expect(parts(surface, 'a', 128)).toEqual([[true, 95, 128]]);
  expect(ctx.shown).toBe(4);
});

test('starts over with another key, another size, or fewer steps', () => {
  const ctx = context();
  const surface = live(ctx);
  const whole = [
    [true, 0, 64],
    [false, 63, 70],
  ];
  expect(parts(surface, 'a', 70)).toEqual(whole);
  expect(parts(surface, 'b', 70)).toEqual(whole);
  ctx.canvas.width = 200;
  expect(parts(surface, 'b', 70)).toEqual(whole);
  expect(finished.canvas.width).toBe(200);
  expect(parts(surface, 'b', 40)).toEqual([
    [true, 0, 32],
    [false, 31, 40],
  ]);
});

test('a surface that is no live canvas gets all steps at once', () => {
  const surface = { ctx: context(), dpr: 1 } as unknown as Surface;
  expect(parts(surface, 'a', 100)).toEqual([[false, 0, 100]]);
});
