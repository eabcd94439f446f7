import { decadeText } from './figures';

interface Props {
  ticks: readonly number[];
  /** Value to pixel. */
  y: (value: number) => number;
  /** Ends of the rules, px. */
  left: number;
  right: number;
  text?: (value: number) => string;
}

/** Level rules of a chart in SVG, each with its value at the left. Values are printed as decades unless said otherwise. */
export function Rules({ ticks, y, left, right, text = decadeText }: Props) {
  return ticks.map((tick) => (
    <g key={tick}>
      <line className="rule" x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
      <text x={left - 6} y={y(tick) + 4} textAnchor="end">
        {text(tick)}
      </text>
    </g>
  ));
}
