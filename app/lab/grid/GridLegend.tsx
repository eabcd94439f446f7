import { LIMITS } from '../../../gpu/measure/verdict';
import { decadeText } from '../../draw/figures';
import { attentionDomain } from '../../draw/ramp';
import { decades } from '../../draw/scale';
import { grid as text } from '../../text/en-grid';
import { LevelGlyph } from './LevelGlyph';

const STEPS = [1, 2, 3, 4, 5, 6, 7, 8];
const CELL = 26;
const LEFT = 52;

/** The fixed colour domain, and what the glyphs stand for. */
export function GridLegend() {
  const ticks = decades([attentionDomain.floor, attentionDomain.top]);
  return (
    <div className="grid-legend">
      <svg className="legend" width={340} height={24} viewBox="0 0 340 24" role="img" aria-label={text.legend}>
        <rect className="blank" x={0.5} y={0.5} width={22} height={8} />
        <text x={0} y={21}>
          {text.less}
        </text>
        {STEPS.map((step) => (
          <rect key={step} x={LEFT + (step - 1) * CELL} y={0} width={CELL} height={9} fill={`var(--s${step})`} />
        ))}
        {ticks.map((tick, i) => {
          const x = LEFT + (i * 8 * CELL) / (ticks.length - 1);
          return (
            <g key={tick}>
              <line x1={x} x2={x} y1={0} y2={12} />
              <text x={x} y={21} textAnchor="middle">
                {decadeText(tick)}
              </text>
            </g>
          );
        })}
        <text className="ramp" x={LEFT + 8 * CELL + 14} y={9}>
          {text.scale}
        </text>
      </svg>
      <p className="glyphs">
        {(['close', 'watch', 'breaks'] as const).map((level) => (
          <span key={level}>
            <LevelGlyph level={level} /> {text.levels[level]}
          </span>
        ))}
      </p>
      <p className="lab q">{text.levelText(LIMITS.close, LIMITS.breaks)}</p>
    </div>
  );
}
