import { useState } from 'react';
import { ChartFigure } from '../../draw/ChartFigure';
import { fixed, grouped } from '../../draw/figures';
import { Rules } from '../../draw/Rules';
import { log10 } from '../../draw/scale';
import { length as text } from '../../text/en-length';
import { megabytes } from '../../ui/units';
import type { SizeRow } from './sizes';
import { LENGTHS } from './sizes';

interface Props {
  rows: readonly SizeRow[];
  hovered: string | null;
  onHover: (id: string | null) => void;
}

const HEIGHT = 330;
const LEFT = 56;
const TOKENS: [number, number] = [LENGTHS[0], LENGTHS[LENGTHS.length - 1]];

const tickText = (mb: number): string => (mb < 1 ? String(Number(mb.toPrecision(1))) : grouped(mb));

/** Bytes over tokens, both log: FP16 grey, the lane on show blue, systems thin, the chosen one in ink. */
export function SizeChart({ rows, hovered, onHover }: Props) {
  const [cursor, setCursor] = useState({ row: 0, at: 0 });
  const drawn = rows.filter(({ at }) => at.some((size) => size !== null));
  const sizes = drawn.flatMap(({ at }) => at.flatMap((size) => (size ? [size.bytes / 1e6] : [])));
  const domain: [number, number] = [
    10 ** Math.floor(Math.log10(Math.min(...sizes))),
    10 ** Math.ceil(Math.log10(Math.max(...sizes))),
  ];
  const ticks = Array.from(
    { length: Math.round(Math.log10(domain[1] / domain[0])) + 1 },
    (_, i) => domain[0] * 10 ** i,
  );
  const row = drawn[Math.min(cursor.row, drawn.length - 1)];
  const size = row.at[cursor.at];
  const move = (dx: number, dy: number) => {
    const next = {
      row: Math.min(drawn.length - 1, Math.max(0, cursor.row + dy)),
      at: Math.min(LENGTHS.length - 1, Math.max(0, cursor.at + dx)),
    };
    setCursor(next);
    onHover(drawn[next.row].id);
  };
  return (
    <ChartFigure
      name={text.size.title}
      keys={{
        move,
        free: () => onHover(null),
        describe: () =>
          text.size.spoken(
            row.name,
            grouped(LENGTHS[cursor.at]),
            size ? megabytes(size.bytes, 2) : '–',
            size ? fixed(size.bits) : '–',
          ),
      }}
      table={{
        columns: () => [text.size.system, ...LENGTHS.map(grouped)],
        rows: () => drawn.length,
        row: (i) => [drawn[i].name, ...drawn[i].at.map((one) => (one ? `${megabytes(one.bytes, 2)} MB` : '–'))],
      }}
    >
      {(width) => {
        const [right, bottom] = [width - 10, HEIGHT - 34];
        const x = log10(TOKENS, [LEFT, right]);
        const y = log10(domain, [bottom, 14]);
        const path = ({ at }: SizeRow) =>
          at.flatMap((one, i) => (one ? [`${x.at(LENGTHS[i])},${y.at(one.bytes / 1e6)}`] : [])).join(' ');
        const ranked = [...drawn].sort((a, b) => rank(a, hovered) - rank(b, hovered));
        const named = drawn.find(({ id }) => id === hovered);
        return (
          <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={text.size.title}>
            <Rules ticks={ticks} y={y.at} left={LEFT} right={right} text={tickText} />
            {LENGTHS.map((tokens, i) => (
              <text
                key={tokens}
                x={x.at(tokens)}
                y={bottom + 15}
                textAnchor={i === 0 ? 'start' : i === LENGTHS.length - 1 ? 'end' : 'middle'}
              >
                {grouped(tokens)}
              </text>
            ))}
            <text x={LEFT + 4} y={10}>
              {text.size.y}
            </text>
            <text x={right} y={HEIGHT - 3} textAnchor="end">
              {text.size.axis}
            </text>
            {ranked.map((one) => (
              <polyline
                key={one.id}
                className={`size-line tone-${one.tone}${one.id === hovered ? ' hovered' : ''}`}
                points={path(one)}
              />
            ))}
            {named && (
              <text className="name" x={right} y={bottom - 10} textAnchor="end">
                {named.name}
              </text>
            )}
          </svg>
        );
      }}
    </ChartFigure>
  );
}

/** What is drawn last lies on top. */
const rank = ({ id, tone }: SizeRow, hovered: string | null): number =>
  id === hovered ? 3 : tone === 'a' ? 2 : tone === 'fp16' ? 1 : 0;
