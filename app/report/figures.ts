import type { TableSource } from '../draw/ChartTable';
import { svgOf } from '../draw/export/picture';
import { mountedCharts } from '../draw/mounted';
import type { ReportFigure, ReportTable } from './html';

/** Every chart that is on the page now, as it is drawn, and its numbers. */
export function figuresOnPage(): { figures: ReportFigure[]; tables: ReportTable[] } {
  const figures: ReportFigure[] = [];
  const tables: ReportTable[] = [];
  for (const chart of mountedCharts) {
    const svg = svgOf(chart);
    if (!svg) continue;
    figures.push({ title: chart.name, svg });
    if (chart.table.rows() > 0) tables.push({ title: chart.name, ...whole(chart.table) });
  }
  return { figures, tables };
}

const whole = (source: TableSource) => ({
  columns: source.columns(),
  rows: Array.from({ length: source.rows() }, (_, i) => source.row(i)),
});
