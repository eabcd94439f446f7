import { decadeText, signed } from '../draw/figures';
import { decades } from '../draw/scale';
import { charts } from '../text/charts';
import type { Metric } from './metrics';

/** The fixed colour domain of the metric on show: both ends, ticks, and the name of the ramp. */
export function MetricLegend({ metric, width }: { metric: Metric; width: number }) {
  return metric.scale.kind === 'signed' ? (
    <SignedLegend limit={metric.scale.limit} unit={charts.metrics[metric.id].unit} />
  ) : (
    <MagnitudeLegend domain={metric.scale.domain} width={width} />
  );
}

function MagnitudeLegend({
  domain,
  width,
}: {
  domain: { floor: number; top: number; kind: 'log' | 'linear' };
  width: number;
}) {
  const left = 50;
  const cell = (width - left - 34) / 8;
  const log = domain.kind === 'log';
  const ticks = log ? decades([domain.floor, domain.top]) : [0, 0.25, 0.5, 0.75, 1];
  return (
    <svg
      className="legend"
      width={width}
      height={24}
      viewBox={`0 0 ${width} 24`}
      role="img"
      aria-label={charts.heads.legend}
    >
      <rect className="blank" x={0.5} y={0.5} width={22} height={8} />
      <text x={0} y={21}>
        {log ? charts.heads.less : '0'}
      </text>
      {[1, 2, 3, 4, 5, 6, 7, 8].map((step) => (
        <rect key={step} x={left + (step - 1) * cell} y={0} width={cell} height={9} fill={`var(--s${step})`} />
      ))}
      {ticks.map((tick, i) => {
        const x = left + (i * 8 * cell) / (ticks.length - 1);
        return (
          <g key={tick}>
            <line x1={x} x2={x} y1={0} y2={12} />
            <text x={x} y={21} textAnchor="middle">
              {log ? decadeText(tick) : tick}
            </text>
          </g>
        );
      })}
      <text className="ramp" x={width} y={9} textAnchor="end">
        {log ? charts.heads.log : charts.heads.linear}
      </text>
    </svg>
  );
}

/** Nine steps between the two ends; used by signed metrics and by the row's difference strip. */
export function SignedLegend({ limit, unit = '' }: { limit: number; unit?: string }) {
  const low = 34;
  const width = low + 63 + 36 + (unit ? 40 : 0);
  return (
    <svg
      className="legend signed"
      width={width}
      height={12}
      viewBox={`0 0 ${width} 12`}
      role="img"
      aria-label={charts.row.legend(limit)}
    >
      {[1, 2, 3, 4, 5, 6, 7, 8, 9].map((step) => (
        <rect key={step} x={low + 4 + (step - 1) * 7} y={0} width={7} height={9} fill={`var(--d${step})`} />
      ))}
      <text x={low} y={9} textAnchor="end">
        {signed(-limit, limit < 1 ? 2 : 0)}
      </text>
      <text x={low + 71} y={9}>
        {signed(limit, limit < 1 ? 2 : 0)} {unit}
      </text>
    </svg>
  );
}
