import { useId, useState } from 'react';
import { ChartFigure } from '../../draw/ChartFigure';
import { grouped, klText } from '../../draw/figures';
import { Rules } from '../../draw/Rules';
import { decades, linear, log10 } from '../../draw/scale';
import { length as text } from '../../text/en-length';
import type { LanePositions } from './positions';
import { axisEnd } from './positions';
import type { Trend } from './trend';
import { binsOf } from './trend';

interface Props {
  lanes: readonly LanePositions[];
  /** Fitted lines by lane; none where they are left out. */
  trends?: readonly Trend[];
  /** Longest text of the model, tokens. */
  context: number;
  height: number;
  /** Ticks every second decade, no name of the axis. */
  isSmall?: boolean;
}

const NATS: [number, number] = [1e-4, 10];
const LEFT = 44;

/** KL over the text, never beyond what was run. */
export function KlByPosition({ lanes, trends = [], context, height, isSmall = false }: Props) {
  const hatch = useId();
  const [at, setAt] = useState(0);
  const bins = lanes.map((lane) => binsOf(lane));
  const [first, last] = [lanes[0].at[0], lanes[0].at[lanes[0].at.length - 1]];
  const end = axisEnd(last, context);
  const longest = bins.reduce((a, b) => (a.length >= b.length ? a : b));
  const now = Math.min(at, longest.length - 1);
  const spanOf = (i: number) => `${grouped(longest[i].from)}–${grouped(longest[i].to)}`;
  // Arms that were moved at different steps begin at different places.
  const binAt = (lane: number, i: number) => bins[lane].find(({ to }) => to >= longest[i].to);
  const say = (lane: number, i: number) => klText(binAt(lane, i)?.kl ?? Number.NaN);
  return (
    <ChartFigure
      name={text.position.title}
      keys={{
        move: (dx, dy) => setAt(Math.min(longest.length - 1, Math.max(0, now + (dx || -dy)))),
        describe: () =>
          text.position.spoken(
            spanOf(now),
            lanes.map(({ label }, i) => text.position.figure(label, say(i, now))).join(', '),
          ),
      }}
      table={{
        columns: () => text.position.columns(lanes.map(({ label }) => label)),
        rows: () => longest.length,
        row: (i) => [spanOf(i), ...lanes.map((_, lane) => say(lane, i))],
      }}
    >
      {(width) => {
        const [right, bottom] = [width - 10, height - (isSmall ? 17 : 30)];
        const ticks = decades(NATS).filter((_, i) => !isSmall || i % 2 === 0);
        const x = linear([first, end], [LEFT, right]);
        const y = log10(NATS, [bottom, 8]);
        const tested = x.at(last);
        return (
          <svg
            width={width}
            height={height}
            viewBox={`0 0 ${width} ${height}`}
            role="img"
            aria-label={text.position.title}
          >
            <defs>
              <pattern id={hatch} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <line x1="0" y1="0" x2="0" y2="7" className="hatch-line" />
              </pattern>
            </defs>
            <Rules ticks={ticks} y={y.at} left={LEFT} right={right} />
            <rect x={tested} y={8} width={Math.max(0, right - tested)} height={bottom - 8} fill={`url(#${hatch})`} />
            {right - tested > 90 && (
              <text className="lead plate" x={(tested + right) / 2} y={bottom / 2} textAnchor="middle">
                {text.position.notTested}
              </text>
            )}
            {lanes.map(({ lane, tone }, i) => (
              <g key={lane} className={`tone-${tone}`}>
                <polyline
                  className="series"
                  points={bins[i].map((bin) => `${x.at((bin.from + bin.to) / 2)},${y.at(bin.kl)}`).join(' ')}
                />
                <Line trend={trends[i]} from={lanes[i].at[0]} to={last} x={x.at} y={y.at} />
              </g>
            ))}
            <line className="cursor" x1={x.at(longest[now].to)} x2={x.at(longest[now].to)} y1={8} y2={bottom} />
            <text x={LEFT} y={bottom + 15}>
              {grouped(first)}
            </text>
            {tested - LEFT > 60 && (
              <text x={tested} y={bottom + 15} textAnchor={right - tested < 40 ? 'end' : 'middle'}>
                {grouped(last)}
              </text>
            )}
            {right - tested > 70 && (
              <text x={right} y={bottom + 15} textAnchor="end">
                {grouped(end)}
              </text>
            )}
            {!isSmall && (
              <text x={right} y={height - 3} textAnchor="end">
                {text.position.axis}
              </text>
            )}
          </svg>
        );
      }}
    </ChartFigure>
  );
}

interface LineProps {
  trend: Trend | undefined;
  from: number;
  to: number;
  x: (position: number) => number;
  y: (nats: number) => number;
}

function Line({ trend, from, to, x, y }: LineProps) {
  if (!trend || !('line' in trend)) return null;
  return <line className="fitted" x1={x(from)} x2={x(to)} y1={y(trend.line(from))} y2={y(trend.line(to))} />;
}
