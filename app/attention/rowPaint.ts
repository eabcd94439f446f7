import type { Surface } from '../draw/canvas';
import { fillStrip, outlineCell } from '../draw/cells';
import { inkOn } from '../draw/contrast';
import { fillHatch } from '../draw/hatch';
import { poolToBuckets } from '../draw/pool';
import { isClipped } from '../draw/ramp';
import { drawText, fitText } from '../draw/text';
import { charts } from '../text/charts';
import type { RowLayout } from './rowLayout';
import { exactKeys, keyX, stripsBottom, stripTop } from './rowLayout';
import type { Strip } from './rowStrips';
import { stripColor, stripText, stripValue } from './rowStrips';

let pooled = new Float32Array(0);

/** Column heads and strip labels; they stand whether or not there is a row. */
export function paintRowHeads({ ctx, theme }: Surface, layout: RowLayout, strips: Strip[]): void {
  const { sink, middle, exact } = layout;
  const small = middle.width < 110;
  const head = { color: theme.ink2 };
  drawText(ctx, theme, charts.row.sink, sink.left + sink.width / 2, 11, { ...head, align: 'center' });
  if (middle.to > middle.from)
    drawText(ctx, theme, charts.row.middle(middle.from, middle.to - 1, small), middle.left, 11, head);
  if (layout.length === 0) drawText(ctx, theme, charts.row.older, middle.left, 11, head);
  drawText(
    ctx,
    theme,
    charts.row.exact(layout.length === 0 ? exactKeys : Math.max(0, layout.length - exact.from)),
    exact.left,
    11,
    head,
  );
  if (sink.left === 0) return;
  strips.forEach((strip, i) => {
    const baseline = stripTop(layout, i) + layout.stripHeight / 2 + 4;
    drawText(ctx, theme, fitText(ctx, theme, strip.label, sink.left - 4, true), 0, baseline, {
      color: strip.color,
      strong: true,
    });
  });
}

export function paintStrip(
  surface: Surface,
  layout: RowLayout,
  index: number,
  strip: Strip,
  lanes: Float32Array[],
): void {
  const { ctx, theme } = surface;
  const { sink, middle, exact, stripHeight: h } = layout;
  const y = stripTop(layout, index);
  const value = stripValue(strip, lanes);
  const color = (v: number) => stripColor(strip, v, theme);

  const ground = color(value(0));
  ctx.fillStyle = ground || theme.bg;
  ctx.fillRect(sink.left, y, sink.width, h);
  drawText(ctx, theme, stripText(strip, value(0)), sink.left + sink.width / 2, y + h / 2 + 4, {
    color: inkOn(ground, theme),
    strong: true,
    align: 'center',
  });

  if (middle.to > middle.from) {
    if (pooled.length !== middle.buckets) pooled = new Float32Array(middle.buckets);
    poolToBuckets(value, middle.from, middle.to, pooled);
    fillStrip(surface, middle.left, y, middle.width, h, middle.buckets, 0, (i) => color(pooled[i]));
  }
  const count = layout.length - exact.from;
  const left = layout.right - count * exact.cell;
  fillStrip(surface, left, y, count * exact.cell, h, count, exact.cell > 3 ? 0.5 : 0, (i) =>
    color(value(exact.from + i)),
  );
  if (strip.kind === 'difference') paintClips(surface, layout, y, value);
}

/** Differences beyond the fixed domain: a tick on the cell's upper edge. */
function paintClips({ ctx, theme }: Surface, layout: RowLayout, y: number, value: (key: number) => number): void {
  ctx.fillStyle = theme.ink;
  for (let key = 0; key < layout.length; key++)
    if (isClipped(value(key))) ctx.fillRect(keyX(layout, key) - 1, y - 2, 2, 4);
}

/** Before the first row: empty outlines. */
export function paintEmptyStrips(surface: Surface, layout: RowLayout): void {
  for (let i = 0; i < layout.strips; i++) {
    const y = stripTop(layout, i);
    outlineCell(surface, layout.sink.left, y, layout.sink.width, layout.stripHeight, 0);
    outlineCell(surface, layout.middle.left, y, layout.right - layout.middle.left, layout.stripHeight, 0);
  }
}

/** The row of this head was not kept at this step: hatch, with the sentence on a clear ground. */
export function paintMissing(surface: Surface, layout: RowLayout, sentence: string): void {
  const { ctx, theme } = surface;
  const bottom = stripsBottom(layout);
  fillHatch(surface, layout.sink.left, layout.top, layout.right - layout.sink.left, bottom - layout.top);
  const text = fitText(ctx, theme, sentence, layout.right - layout.sink.left - 24);
  const width = ctx.measureText(text).width + 16;
  const middle = (layout.sink.left + layout.right) / 2;
  const y = (layout.top + bottom) / 2;
  ctx.fillStyle = theme.bg;
  ctx.fillRect(middle - width / 2, y - 10, width, 20);
  drawText(ctx, theme, text, middle, y + 4, { color: theme.ink2, align: 'center' });
}
