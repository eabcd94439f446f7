import { styledSvg } from '../draw/export/dom-svg';
import { escaped } from '../draw/export/svg-context';
import { mountedCharts } from '../draw/mounted';
import type { ReportPart } from './html';

/** Elements that a report keeps; of all others it keeps what is inside. */
const KEPT = new Set(
  'P UL OL LI DL DT DD H3 FIGURE FIGCAPTION TABLE CAPTION THEAD TBODY TR TH TD B SMALL PRE FIELDSET'.split(' '),
);
/** Charts come as figures of their own, tables that are charts too; the rest are controls. */
const LEFT_OUT =
  '.chart, .chart-save, .panel-end, .unseen, .btn, .word, progress, [aria-pressed="false"], input[type="range"]';
/** Pieces of a line, also where a flex box makes blocks of them. */
const INLINE = new Set(['SPAN', 'LABEL', 'BUTTON', 'A']);
const SPANS = ['colspan', 'rowspan', 'scope', 'start'] as const;
const CLEAR = 'rgba(0, 0, 0, 0)';

/** Panels as they stand on the page, word for word: sentences, tables with their colours, what is chosen. */
export function shownParts(panels: Iterable<Element>): ReportPart[] {
  drawn = new Set([...mountedCharts].map((chart) => chart.node()));
  return [...panels].flatMap((panel) => {
    const [head, ...body] = panel.children;
    const title = head?.querySelector('h2')?.textContent ?? panel.getAttribute('aria-label') ?? '';
    const note = head?.querySelector('.note');
    const html = [...(note ? [`<p>${inside(note)}</p>`] : []), ...body.map(htmlOf)].join('\n').trim();
    return html === '' ? [] : [{ title, html }];
  });
}

let drawn: ReadonlySet<Element | null> = new Set();

function htmlOf(node: Node): string {
  if (node instanceof Text) return escaped(node.data);
  if (!(node instanceof Element) || node.matches(LEFT_OUT) || drawn.has(node)) return '';
  const style = getComputedStyle(node);
  if (style.display === 'none' || style.visibility === 'hidden') return '';
  if (node instanceof SVGSVGElement) return pictureOf(node);
  const said = controlText(node);
  if (said !== null) return `<span>${escaped(said)}</span>`;
  const content = inside(node);
  const look = lookOf(node, style);
  if (KEPT.has(node.tagName)) {
    const tag = node.tagName.toLowerCase();
    const spans = SPANS.flatMap((name) => {
      const value = node.getAttribute(name);
      return value === null ? [] : [` ${name}="${escaped(value)}"`];
    });
    return `<${tag}${spans.join('')}${look}>${content}</${tag}>`;
  }
  if (node instanceof HTMLAnchorElement && /^https?:/.test(node.href))
    return `<a href="${escaped(node.href)}">${content}</a>`;
  if (content.trim() === '') return content;
  return INLINE.has(node.tagName) ? `<span${look}>${content}</span> ` : `<div${look}>${content}</div>`;
}

const inside = (node: Node): string => [...node.childNodes].map(htmlOf).join('');

/** What a control says; null where the element is none. */
function controlText(node: Element): string | null {
  if (node instanceof HTMLSelectElement) return node.selectedOptions[0]?.text ?? '';
  if (node instanceof HTMLTextAreaElement) return node.value;
  if (!(node instanceof HTMLInputElement)) return null;
  if (node.type === 'checkbox') return node.checked ? '☑ ' : '☐ ';
  return node.value;
}

/** Colour of a cell, and to which side it stands. */
function lookOf(node: Element, { backgroundColor, color, textAlign }: CSSStyleDeclaration): string {
  const parts: string[] = [];
  const isCell = node.tagName === 'TD' || node.tagName === 'TH';
  if (backgroundColor !== CLEAR && (isCell || node.tagName === 'BUTTON'))
    parts.push(`background:${backgroundColor};color:${color}`);
  if (isCell && ['right', 'center', 'end'].includes(textAlign)) parts.push(`text-align:${textAlign}`);
  return parts.length > 0 ? ` style="${parts.join(';')}"` : '';
}

function pictureOf(svg: SVGSVGElement): string {
  const copy = styledSvg(svg);
  return copy ? new XMLSerializer().serializeToString(copy) : '';
}
