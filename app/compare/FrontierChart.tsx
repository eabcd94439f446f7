import { memo } from 'react';
import {
  CartesianGrid,
  Label,
  LabelList,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { decadeText, fixed, klText } from '../draw/figures';
import { en } from '../text/en';
import type { FrontierPoint } from './Frontier';

const margin = { top: 12, right: 24, bottom: 0, left: 0 };
const tick = { fill: 'var(--ink-3)', fontSize: 11 };
const axisLine = { stroke: 'var(--line-strong)' };
/** A little room below the floor, so that a point on it is seen whole. */
const NATS = [6e-5, 10];
const NAT_TICKS = [1e-4, 1e-3, 1e-2, 0.1, 1, 10];
const tip = {
  background: 'var(--bg)',
  border: '1px solid var(--line-strong)',
  padding: '4px 8px',
  fontSize: 12,
  lineHeight: '16px',
};
const label = { fill: 'var(--ink)', fontSize: 12, fontWeight: 600 };

/** From 0 to FP16, or to where copies of rows lead beyond it. */
function bitTicks(points: readonly FrontierPoint[]): number[] {
  const most = Math.max(16, ...points.map(({ bits }) => bits));
  const every = most > 16 ? 8 : 2;
  return Array.from({ length: Math.ceil(most / every) + 1 }, (_, i) => i * every);
}

interface DotProps {
  cx?: number;
  cy?: number;
  payload?: FrontierPoint;
}

/** Filled = on the frontier, hollow = something smaller is as close. */
function Dot({ cx = 0, cy = 0, payload }: DotProps) {
  const on = payload?.best ?? false;
  return (
    <circle
      cx={cx}
      cy={cy}
      r={on ? 4.5 : 4}
      fill={on ? 'var(--ink)' : 'var(--bg)'}
      stroke={on ? 'var(--bg)' : 'var(--line-strong)'}
      strokeWidth="1.5"
    />
  );
}

function Tip({ active, payload }: { active?: boolean; payload?: { payload: FrontierPoint }[] }) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  return <div style={tip}>{en.compare.frontier.point(point.name, fixed(point.bits), klText(point.kl))}</div>;
}

/** Loaded apart: the chart library is the heaviest thing on the page. */
function FrontierChart({ points }: { points: FrontierPoint[] }) {
  const text = en.compare.frontier;
  const ticks = bitTicks(points);
  return (
    <ResponsiveContainer width="100%" height="100%" debounce={50}>
      <ScatterChart margin={margin} title={text.title}>
        <CartesianGrid stroke="var(--line)" />
        <XAxis
          type="number"
          dataKey="bits"
          domain={[0, ticks[ticks.length - 1]]}
          ticks={ticks}
          height={32}
          tick={tick}
          tickLine={false}
          axisLine={axisLine}
        >
          <Label value={text.x} position="insideBottomRight" offset={4} fill="var(--ink-3)" fontSize={11} />
        </XAxis>
        <YAxis
          type="number"
          dataKey="median"
          scale="log"
          domain={NATS}
          ticks={NAT_TICKS}
          allowDataOverflow
          width={40}
          tick={tick}
          tickFormatter={decadeText}
          tickLine={false}
          axisLine={false}
          interval={0}
        />
        <Tooltip content={<Tip />} isAnimationActive={false} cursor={false} />
        <Scatter data={points} shape={Dot} isAnimationActive={false}>
          <LabelList dataKey="label" position="right" {...label} />
        </Scatter>
      </ScatterChart>
    </ResponsiveContainer>
  );
}

export default memo(FrontierChart);
