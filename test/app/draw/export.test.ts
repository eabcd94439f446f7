import { describe, expect, it } from 'vitest';
import { csvOf } from '../../../app/draw/export/csv';
import { SvgContext } from '../../../app/draw/export/svg-context';
import { drawLine } from '../../../app/draw/line';
import { drawPlate, drawText } from '../../../app/draw/text';
import type { Theme } from '../../../app/draw/theme';

const theme = { bg: '#fff', ink: '#111', inkInv: '#fff', hatch: '#999', sans: '"Inter", sans-serif' } as Theme;
const measure = { font: '', measureText: (text: string) => ({ width: text.length * 6 }) } as CanvasRenderingContext2D;
const paper = () => {
  const svg = new SvgContext(theme, measure);
  return { svg, ctx: svg as unknown as CanvasRenderingContext2D };
};
const scale = { at: (x: number) => x * 10, invert: (x: number) => x / 10 } as Parameters<typeof drawLine>[4];

describe('a painter on paper', () => {
  it('writes rectangles, lines, dots and text where the canvas has them', () => {
    const { svg, ctx } = paper();
    ctx.fillStyle = '#1a5fc4';
    ctx.fillRect(10, 20, 30, -5);
    drawLine(ctx, [1, 2, 3], 0, 3, scale, scale, { color: '#c00', width: 2, dash: [4, 3] });
    ctx.beginPath();
    ctx.arc(50, 60, 4, 0, 2 * Math.PI);
    ctx.fill();
    drawText(ctx, theme, 'K < V & "more"', 5, 12, { color: '#111', strong: true, align: 'right' });
    const text = svg.svg(100, 80, 'KL');
    expect(text).toContain('viewBox="0 0 100 80"');
    expect(text).toContain('<rect x="10" y="15" width="30" height="5" fill="#1a5fc4"/>');
    expect(text).toContain('d="M0 10L10 20L20 30" fill="none" stroke="#c00" stroke-width="2"');
    expect(text).toContain('stroke-dasharray="4 3"');
    expect(text).toContain('d="M54 60A4 4 0 0 1 46 60A4 4 0 0 1 54 60Z"');
    expect(text).toContain('text-anchor="end"');
    expect(text).toContain('font-weight="600"');
    expect(text).toContain('>K &lt; V &amp; &quot;more&quot;</text>');
  });

  it('draws a plate of the width of its text, and the hatch as a pattern', () => {
    const { svg, ctx } = paper();
    expect(drawPlate(ctx, theme, '142', 50, 10, 0, 100)).toEqual([35, 65]);
    ctx.fillStyle = ctx.createPattern({} as HTMLCanvasElement, 'repeat') as CanvasPattern;
    ctx.fillRect(0, 0, 9, 9);
    const text = svg.svg(100, 40, '');
    expect(text).toContain('<pattern id="hatch"');
    expect(text).toContain('fill="url(#hatch)"');
    expect(paper().svg.svg(1, 1, '')).not.toContain('pattern');
  });
});

describe('a chart as CSV', () => {
  it('quotes what needs it and prints numbers as programs read them', () => {
    const rows = [
      ['0', '·so, "it"', '−0.043'],
      ['1', 'a', '2\u202f661\u202f120'],
    ];
    const source = { columns: () => ['step', 'token', 'Δp'], rows: () => 2, row: (i: number) => rows[i] };
    expect(csvOf(source)).toBe('step,token,Δp\r\n0,"·so, ""it""",-0.043\r\n1,a,2661120');
  });
});
