import { theme } from '../theme';
import { styledSvg } from './dom-svg';
import { escaped } from './svg-context';

const CLEAR = 'rgba(0, 0, 0, 0)';
const n = (value: number): string => String(Math.round(value * 100) / 100);

/** A heat table as a picture: every cell with its ground, frame, glyph and text where they stand on the page. Null while hidden. */
export function svgOfTable(table: HTMLElement, name: string): string | null {
  const frame = table.getBoundingClientRect();
  if (frame.width === 0 || frame.height === 0) return null;
  const cells = [...table.querySelectorAll('caption, th, td')].map((cell) => cellOf(cell, frame));
  const size = `width="${n(frame.width)}" height="${n(frame.height)}" viewBox="0 0 ${n(frame.width)} ${n(frame.height)}"`;
  const ground = `<rect width="100%" height="100%" fill="${theme().bg}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img"><title>${escaped(name)}</title>${ground}${cells.join('')}</svg>`;
}

function cellOf(cell: Element, frame: DOMRect): string {
  const node = cell.querySelector('button') ?? cell;
  const { backgroundColor } = getComputedStyle(node);
  const { line, bg } = theme();
  const isBare = cell.tagName !== 'TD' || cell.childNodes.length === 0;
  const around = getComputedStyle(node, '::after');
  const marked = around.content === 'none' ? line : around.borderTopColor;
  const box = node.getBoundingClientRect();
  const place = `x="${n(box.x - frame.x)}" y="${n(box.y - frame.y)}" width="${n(box.width)}" height="${n(box.height)}"`;
  const look = `fill="${backgroundColor === CLEAR ? bg : backgroundColor}" stroke="${marked}" stroke-width="${marked === line ? 1 : 2}"`;
  const glyphs = [...node.querySelectorAll('svg')].filter(isPart).map((svg) => glyphOf(svg, frame));
  return `${isBare ? '' : `<rect ${place} ${look}/>`}${glyphs.join('')}${textsOf(node, frame).join('')}`;
}

/** The save button inside a caption is none of the picture. */
const isPart = (node: Element): boolean => node.closest('.chart-save') === null;

function glyphOf(svg: SVGSVGElement, frame: DOMRect): string {
  const copy = styledSvg(svg);
  const { x, y } = svg.getBoundingClientRect();
  copy?.setAttribute('x', n(x - frame.x));
  copy?.setAttribute('y', n(y - frame.y));
  return copy ? new XMLSerializer().serializeToString(copy) : '';
}

/** Every piece of text at its own place, so that numbers keep their small print beside them. */
function textsOf(node: Element, frame: DOMRect): string[] {
  const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const texts: string[] = [];
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const parent = text.parentElement;
    if (!parent || parent.closest('svg') || !isPart(parent) || text.textContent?.trim() === '') continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const { x, y, width, height } = range.getBoundingClientRect();
    if (width === 0) continue;
    const { fontFamily, fontSize, fontWeight, color } = getComputedStyle(parent);
    const face = `font-family="${escaped(fontFamily)}" font-size="${fontSize}" font-weight="${fontWeight}" fill="${color}"`;
    const place = `x="${n(x - frame.x)}" y="${n(y - frame.y + height / 2)}" dominant-baseline="central"`;
    texts.push(`<text ${place} ${face}>${escaped(text.textContent ?? '')}</text>`);
  }
  return texts;
}
