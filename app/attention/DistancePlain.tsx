import { useCanvas } from '../draw/canvas';
import { fixed } from '../draw/figures';
import { linear } from '../draw/scale';
import { drawText } from '../draw/text';
import { charts } from '../text/charts';
import { binEdges } from './distanceBins';
import type { DistanceView } from './distanceSource';

const left = 34;

/** The profile without the chart library: while it loads, where it cannot be fetched, and before the first row. */
export default function DistancePlain({ view }: { view: DistanceView }) {
  const [attach] = useCanvas(({ ctx, theme, width, height }) => {
    const y = linear([0, view.top], [height - 32, 8]);
    const band = (width - left) / view.bins;
    for (const tick of [0, 1, 2, 3].map((i) => (i * view.top) / 3)) {
      ctx.fillStyle = tick === 0 ? theme.lineStrong : theme.line;
      ctx.fillRect(left, Math.round(y.at(tick)), width - left, 1);
      const text = tick === 0 ? '0' : fixed(tick);
      drawText(ctx, theme, text, left - 6, y.at(tick) + 4, { color: theme.ink3, align: 'right' });
    }
    const bar = (band - 10) / view.series.length;
    for (let bin = 0; bin < view.bins; bin++) {
      const x = left + bin * band;
      view.series.forEach((series, i) => {
        const top = y.at(series.mass[bin]);
        ctx.fillStyle = series.tone === 'line-strong' ? theme.lineStrong : theme[series.tone];
        ctx.fillRect(x + 5 + i * bar, top, bar - 1, height - 32 - top);
      });
      drawText(ctx, theme, String(binEdges[bin]), x + band / 2, height - 19, { color: theme.ink3, align: 'center' });
    }
    drawText(ctx, theme, charts.distance.axis, width, height - 4, { color: theme.ink3, align: 'right' });
  });
  return <canvas ref={attach} className="distance-plain" role="img" aria-label={charts.distance.title} />;
}
