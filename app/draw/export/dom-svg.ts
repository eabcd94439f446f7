import { theme } from '../theme';
import { escaped } from './svg-context';

const STYLES = [
  ...[
    'fill',
    'fill-opacity',
    'stroke',
    'stroke-width',
    'stroke-dasharray',
    'stroke-opacity',
    'stroke-linejoin',
    'opacity',
  ],
  ...['font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'visibility', 'display'],
] as const;

/** A copy that needs no style sheet: what they say is written into it. Null while hidden. */
export function styledSvg(svg: SVGSVGElement): SVGSVGElement | null {
  const { width, height } = svg.getBoundingClientRect();
  if (width === 0 || height === 0) return null;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = svg.querySelectorAll('*');
  for (const [i, element] of copy.querySelectorAll('*').entries()) inline(from[i], element);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  if (!copy.hasAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  copy.removeAttribute('class');
  copy.removeAttribute('aria-hidden');
  return copy;
}

/** The first SVG inside `node` as a document of its own. Null where there is none to see. */
export function svgOfNode(node: HTMLElement, name: string): string | null {
  const svg = node.querySelector('svg');
  const copy = svg && styledSvg(svg);
  if (!copy) return null;
  const text = new XMLSerializer().serializeToString(copy);
  const ground = `<title>${escaped(name)}</title><rect width="100%" height="100%" fill="${theme().bg}"/>`;
  return text.replace(/^(<svg[^>]*>)/, `$1${ground}`);
}

function inline(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  const written = STYLES.flatMap((name) => {
    const value = style.getPropertyValue(name);
    return value && value !== 'none' && value !== 'normal'
      ? [`${name}:${value.replaceAll('"', "'")}`]
      : name === 'fill' || name === 'stroke'
        ? [`${name}:none`]
        : [];
  });
  to.setAttribute('style', written.join(';'));
  to.removeAttribute('class');
}
