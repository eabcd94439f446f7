import type { Theme } from '../theme';

/** Anything a painter may set as a fill: a colour, or the hatch. */
interface Hatch {
  setTransform(): void;
}

const HATCH = 'hatch';
const TILE = 7;

/**
 * The part of a canvas context that the charts use, written down as SVG elements: a painter that runs on it draws the same picture
 * as on its canvas. Text is measured with a real context.
 */
export class SvgContext {
  fillStyle: string | Hatch = '#000';
  strokeStyle = '#000';
  lineWidth = 1;
  lineJoin = 'miter';
  globalAlpha = 1;
  font = '11px sans-serif';
  textAlign = 'left';
  textBaseline = 'alphabetic';
  private readonly parts: string[] = [];
  private path = '';
  private dash: number[] = [];
  private hatched = false;

  constructor(
    private readonly theme: Theme,
    private readonly measure: CanvasRenderingContext2D,
  ) {}

  fillRect(x: number, y: number, w: number, h: number): void {
    this.parts.push(`<rect ${box(x, y, w, h)} ${this.fills()}/>`);
  }

  strokeRect(x: number, y: number, w: number, h: number): void {
    this.parts.push(`<rect ${box(x, y, w, h)} fill="none" ${this.strokes()}/>`);
  }

  clearRect(): void {}
  setTransform(): void {}

  fillText(text: string, x: number, y: number): void {
    const [, weight = '400', size = '11', family = 'sans-serif'] = /^(\d+)? ?([\d.]+)px (.*)$/.exec(this.font) ?? [];
    const anchor = { center: 'middle', right: 'end', end: 'end' }[this.textAlign] ?? 'start';
    const base = this.textBaseline === 'middle' ? ' dominant-baseline="central"' : '';
    const face = `font-family="${escaped(family)}" font-size="${size}" font-weight="${weight}"`;
    this.parts.push(
      `<text x="${n(x)}" y="${n(y)}" ${face} text-anchor="${anchor}"${base} ${this.fills()}>${escaped(text)}</text>`,
    );
  }

  measureText(text: string): TextMetrics {
    this.measure.font = this.font;
    return this.measure.measureText(text);
  }

  beginPath(): void {
    this.path = '';
  }

  moveTo(x: number, y: number): void {
    this.path += `M${n(x)} ${n(y)}`;
  }

  lineTo(x: number, y: number): void {
    this.path += `${this.path === '' ? 'M' : 'L'}${n(x)} ${n(y)}`;
  }

  arc(x: number, y: number, r: number, from: number, to: number): void {
    const at = (angle: number) => `${n(x + r * Math.cos(angle))} ${n(y + r * Math.sin(angle))}`;
    const isFull = Math.abs(to - from) >= 2 * Math.PI - 1e-6;
    const half = isFull ? from + Math.PI : to;
    const large = !isFull && Math.abs(to - from) > Math.PI ? 1 : 0;
    this.path += `${this.path === '' || isFull ? 'M' : 'L'}${at(from)}A${n(r)} ${n(r)} 0 ${large} 1 ${at(half)}`;
    if (isFull) this.path += `A${n(r)} ${n(r)} 0 0 1 ${at(from)}Z`;
  }

  roundRect(x: number, y: number, w: number, h: number, r: number): void {
    const turn = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
    const [along, down] = [n(w - 2 * r), n(h - 2 * r)];
    this.path += `M${n(x + r)} ${n(y)}h${along}${turn(r, r)}v${down}${turn(-r, r)}h-${along}${turn(-r, -r)}v-${down}${turn(r, -r)}Z`;
  }

  fill(): void {
    this.parts.push(`<path d="${this.path}" ${this.fills()}/>`);
  }

  stroke(): void {
    const dash = this.dash.length > 0 ? ` stroke-dasharray="${this.dash.join(' ')}"` : '';
    this.parts.push(`<path d="${this.path}" fill="none" ${this.strokes()}${dash}/>`);
  }

  setLineDash(dash: number[]): void {
    this.dash = dash;
  }

  createPattern(): Hatch {
    this.hatched = true;
    return { setTransform() {} };
  }

  /** The whole picture on the page's ground. */
  svg(width: number, height: number, title: string): string {
    const line = `<path d="M-2 ${TILE + 2}L${TILE + 2} -2M-2 2L2 -2M${TILE - 2} ${TILE + 2}L${TILE + 2} ${TILE - 2}" stroke="${this.theme.hatch}" stroke-width="1.2"/>`;
    const defs = this.hatched
      ? `<defs><pattern id="${HATCH}" width="${TILE}" height="${TILE}" patternUnits="userSpaceOnUse">${line}</pattern></defs>`
      : '';
    const size = `width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}"`;
    const ground = `<rect width="100%" height="100%" fill="${this.theme.bg}"/>`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img"><title>${escaped(title)}</title>${defs}${ground}${this.parts.join('')}</svg>`;
  }

  private fills(): string {
    const fill = typeof this.fillStyle === 'string' ? this.fillStyle : `url(#${HATCH})`;
    return `fill="${fill}"${this.alpha()}`;
  }

  private strokes(): string {
    return `stroke="${this.strokeStyle}" stroke-width="${n(this.lineWidth)}" stroke-linejoin="${this.lineJoin}"${this.alpha()}`;
  }

  private alpha(): string {
    return this.globalAlpha === 1 ? '' : ` opacity="${this.globalAlpha}"`;
  }
}

const n = (value: number): string => String(Math.round(value * 100) / 100);
const box = (x: number, y: number, w: number, h: number): string => {
  const [left, top] = [Math.min(x, x + w), Math.min(y, y + h)];
  return `x="${n(left)}" y="${n(top)}" width="${n(Math.abs(w))}" height="${n(Math.abs(h))}"`;
};

const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (mark) => NAMED[mark]);
