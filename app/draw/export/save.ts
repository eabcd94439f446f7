import { saveFile, slug } from '../../page/download';
import type { MountedChart } from '../mounted';
import { csvOf } from './csv';
import { pngOf, svgOf } from './picture';

export type Format = 'png' | 'svg' | 'csv';

/** Writes one chart to a file; false where there is no picture of it now. */
export async function saveChart(chart: MountedChart, format: Format): Promise<boolean> {
  const name = `kvscope-${slug()}-${chart.name.toLowerCase().replaceAll(/[^\w]+/g, '-')}.${format}`;
  if (format === 'csv') {
    saveFile(name, csvOf(chart.table), 'text/csv');
    return true;
  }
  const picture = format === 'svg' ? svgOf(chart) : await pngOf(chart);
  if (!picture) return false;
  saveFile(name, picture, format === 'svg' ? 'image/svg+xml' : 'image/png');
  return true;
}
