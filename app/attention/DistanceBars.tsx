import { memo } from 'react';
import { Bar, BarChart, CartesianGrid, Label, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { fixed } from '../draw/figures';
import { charts } from '../text/charts';
import { binEdges } from './distanceBins';
import type { DistanceView } from './distanceSource';

const margin = { top: 8, right: 0, bottom: 0, left: 0 };
const tick = { fill: 'var(--ink-3)', fontSize: 11 };
const axisLine = { stroke: 'var(--line-strong)' };
const keys = ['fp16', 'first', 'second'];
const tip = {
  background: 'var(--bg)',
  border: '1px solid var(--line-strong)',
  borderRadius: 2,
  padding: '4px 8px',
  fontSize: 12,
  lineHeight: '16px',
};
const ofTokens = (edge: unknown) => charts.distance.bin(Number(edge));
const mass = (value: unknown) => fixed(Number(value), 3);
const yTick = (value: number) => (value === 0 ? '0' : fixed(value));

/** Twin bars per log-2 distance bin. Loaded apart: the chart library is the heaviest thing on the page. */
function DistanceBars({ view }: { view: DistanceView }) {
  const data = Array.from({ length: view.bins }, (_, bin) => {
    const entry: Record<string, number> = { edge: binEdges[bin] };
    view.series.forEach((series, i) => {
      entry[keys[i]] = series.mass[bin];
    });
    return entry;
  });
  return (
    <ResponsiveContainer width="100%" height="100%" debounce={50}>
      <BarChart data={data} margin={margin} barGap={1} barCategoryGap={5} title={charts.distance.title}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="edge" height={32} tick={tick} tickLine={false} tickMargin={3} axisLine={axisLine} interval={0}>
          <Label
            value={charts.distance.axis}
            position="insideBottomRight"
            offset={4}
            fill="var(--ink-3)"
            fontSize={11}
          />
        </XAxis>
        <YAxis
          width={34}
          domain={[0, view.top]}
          ticks={[0, 1, 2, 3].map((i) => (i * view.top) / 3)}
          tick={tick}
          tickFormatter={yTick}
          tickLine={false}
          tickMargin={2}
          axisLine={false}
          interval={0}
        />
        <Tooltip
          cursor={{ fill: 'var(--sunk)' }}
          labelFormatter={ofTokens}
          formatter={mass}
          isAnimationActive={false}
          contentStyle={tip}
        />
        {view.series.map((series, i) => (
          <Bar
            key={keys[i]}
            dataKey={keys[i]}
            name={series.name}
            fill={`var(--${series.tone})`}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

export default memo(DistanceBars);
