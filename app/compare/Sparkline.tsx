import { log10 } from '../draw/scale';
import { frames } from '../frames';

const WIDTH = 110;
const HEIGHT = 32;
const y = log10([1e-4, 10], [HEIGHT - 2, 2]);

/** KL of every step on the page's fixed scale: the largest of the steps that share a pixel. */
export function Sparkline({ lane, steps, tone }: { lane: number | null; steps: number; tone: string }) {
  const columns = lane === null ? undefined : frames.lanes[lane];
  const count = columns?.count ?? 0;
  const points: string[] = [];
  for (let pixel = 0; columns && pixel < WIDTH; pixel++) {
    const from = Math.floor((pixel * steps) / WIDTH);
    const to = Math.min(count, Math.max(from + 1, Math.floor(((pixel + 1) * steps) / WIDTH)));
    let top = Number.NaN;
    for (let step = from; step < to; step++) if (!(columns.kl[step] <= top)) top = columns.kl[step];
    if (!Number.isNaN(top)) points.push(`${points.length === 0 ? 'M' : 'L'}${pixel} ${y.at(top).toFixed(1)}`);
  }
  return (
    <svg className={`spark ${tone}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <line className="grid" x1="0" x2={WIDTH} y1={HEIGHT - 1.5} y2={HEIGHT - 1.5} />
      <path d={points.join('')} />
    </svg>
  );
}
