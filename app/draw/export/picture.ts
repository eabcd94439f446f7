import type { MountedChart } from '../mounted';
import { theme } from '../theme';
import { svgOfNode } from './dom-svg';
import { SvgContext } from './svg-context';
import { svgOfTable } from './table-svg';

/** Pixels of a PNG per CSS pixel. */
const DENSITY = 2;

function size(node: HTMLElement): { width: number; height: number } {
  const { width, height } = node.getBoundingClientRect();
  return { width, height };
}

/**
 * The chart as one SVG document: its painter run again on paper, its own SVG with the styles written in, or a table drawn cell by
 * cell. Null while hidden.
 */
export function svgOf({ name, node, paint }: MountedChart): string | null {
  const at = node();
  const { width, height } = at ? size(at) : { width: 0, height: 0 };
  if (!at || width === 0 || height === 0) return null;
  if (at instanceof HTMLTableElement) return svgOfTable(at, name);
  if (!paint) return svgOfNode(at, name);
  const measure = document.createElement('canvas').getContext('2d');
  if (!measure) return null;
  const paper = new SvgContext(theme(), measure);
  paint()({ ctx: paper as unknown as CanvasRenderingContext2D, width, height, dpr: 1, theme: theme() });
  return paper.svg(width, height, name);
}

/** The same picture in pixels. */
export async function pngOf(chart: MountedChart): Promise<Blob | null> {
  const svg = svgOf(chart);
  if (!svg) return null;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.width * DENSITY);
  canvas.height = Math.round(image.height * DENSITY);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}
