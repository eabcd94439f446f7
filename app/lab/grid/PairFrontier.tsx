import { useState } from 'react';
import { LIMITS } from '../../../gpu/measure/verdict';
import { ChartFigure } from '../../draw/ChartFigure';
import { fixed, klText } from '../../draw/figures';
import { Rules } from '../../draw/Rules';
import { decades, linear, log10 } from '../../draw/scale';
import { grid as text } from '../../text/en-grid';
import type { GridRow } from './gridData';
import { frontierOf, keyOf } from './gridData';
import type { Figure } from './gridForm';

interface Props {
  rows: readonly GridRow[];
  by: Figure;
  marks: ReadonlyMap<string, 'a' | 'b' | 'other'>;
  budget: number;
  best: string | null;
  hovered: string | null;
  onHover: (key: string | null) => void;
  onOpen: (row: GridRow) => void;
}

const HEIGHT = 372;
const BITS: [number, number] = [1, 16];
const NATS: [number, number] = [1e-4, 10];
const TICKS = [2, 3, 4, 5, 6, 8, 10, 12, 14, 16];
const keyOfRow = ({ k, v }: GridRow) => keyOf(k, v);
const nameOf = ({ k, v }: GridRow) => text.pair(String(k), String(v));

/** Effective bits against KL, fixed axes. Filled and joined = best at its size, hollow = something smaller is as close. */
export function PairFrontier({ rows, by, marks, budget, best, hovered, onHover, onOpen }: Props) {
  const [at, setAt] = useState(0);
  const line = frontierOf(rows, by);
  const isBest = new Set(line.map(keyOfRow));
  const sorted = [...rows].sort((a, b) => a.bits - b.bits || b[by] - a[by]);
  const now = sorted[Math.min(at, sorted.length - 1)];
  const say = (row: GridRow | undefined) =>
    row ? text.cell(nameOf(row), text.byLong[by], klText(row[by]), '', fixed(row.bits)) : text.frontier.empty;
  const move = (by: number) => {
    if (sorted.length === 0) return;
    const next = Math.min(sorted.length - 1, Math.max(0, at + by));
    setAt(next);
    onHover(keyOfRow(sorted[next]));
  };
  const { columns, yes, no } = text.frontier;
  return (
    <ChartFigure
      name={text.frontier.title}
      keys={{
        move: (dx, dy) => move(dx !== 0 ? dx : -dy),
        lock: () => now && onOpen(now),
        free: () => onHover(null),
        describe: () => say(now),
      }}
      table={{
        columns: () => columns,
        rows: () => sorted.length,
        row: (i) => {
          const row = sorted[i];
          const figures = [fixed(row.bits), klText(row.klMedian), klText(row.kl99), fixed(row.sameTop * 100, 1)];
          return [nameOf(row), ...figures, isBest.has(keyOfRow(row)) ? yes : no];
        },
      }}
    >
      {(width) => {
        const right = width - 8;
        const x = linear(BITS, [44, right]);
        const y = log10(NATS, [HEIGHT - 34, 14]);
        const names = new Set([...marks.keys(), ...(best ? [best] : []), ...(hovered ? [hovered] : [])]);
        return (
          <svg
            width={width}
            height={HEIGHT}
            viewBox={`0 0 ${width} ${HEIGHT}`}
            role="img"
            aria-label={text.frontier.title}
          >
            <Rules ticks={decades(NATS)} y={y.at} left={44} right={right} />
            {TICKS.map((tick) => (
              <text key={tick} x={x.at(tick)} y={HEIGHT - 18} textAnchor="middle">
                {tick}
              </text>
            ))}
            <text x={right} y={HEIGHT - 3} textAnchor="end">
              {text.frontier.x}
            </text>
            <text x={48} y={11}>
              {text.frontier.y(text.byLong[by])}
            </text>
            <Limits by={by} right={right} y={y.at} />
            <line className="budget" x1={x.at(budget)} x2={x.at(budget)} y1={14} y2={HEIGHT - 34} />
            {line.length > 1 && (
              <polyline
                className="best-line"
                points={line.map((row) => `${x.at(row.bits)},${y.at(row[by])}`).join(' ')}
              />
            )}
            <SameBytes rows={rows} by={by} marks={marks} x={x.at} y={y.at} />
            {sorted.map((row) => {
              const key = keyOfRow(row);
              const look = marks.get(key) ?? (isBest.has(key) ? 'best' : 'hollow');
              return (
                // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the chart do the same
                <circle
                  key={key}
                  className={`dot ${look}${key === hovered ? ' hovered' : ''}`}
                  cx={x.at(row.bits)}
                  cy={y.at(row[by])}
                  r={look === 'a' || look === 'b' || key === hovered ? 5.5 : 3.5}
                  onPointerEnter={() => onHover(key)}
                  onPointerLeave={() => onHover(null)}
                  onClick={() => onOpen(row)}
                />
              );
            })}
            {sorted
              .filter((row) => names.has(keyOfRow(row)))
              .map((row) => (
                <DotName
                  key={keyOfRow(row)}
                  row={row}
                  tone={marks.get(keyOfRow(row)) ?? ''}
                  x={x.at(row.bits)}
                  y={y.at(row[by])}
                  right={right}
                />
              ))}
            {rows.length === 0 && (
              <text className="lead plate" x={(44 + right) / 2} y={HEIGHT / 2} textAnchor="middle">
                {text.frontier.empty}
              </text>
            )}
          </svg>
        );
      }}
    </ChartFigure>
  );
}

function DotName({ row, tone, x, y, right }: { row: GridRow; tone: string; x: number; y: number; right: number }) {
  const isLate = x > right - 70;
  return (
    <text
      className={`name ${tone}`}
      x={x + (isLate ? -9 : 9)}
      y={y + (tone === '' ? 16 : -8)}
      textAnchor={isLate ? 'end' : 'start'}
    >
      {nameOf(row)}
    </text>
  );
}

/** The limits of the verdict for the figure on show, named at the right. */
function Limits({ by, right, y }: { by: Figure; right: number; y: (nats: number) => number }) {
  const name = by === 'klMedian' ? 'median' : 'kl99';
  const [close, breaks] = [y(LIMITS.close[name]), y(LIMITS.breaks[name])];
  return (
    <>
      <line className="limit breaks" x1={44} x2={right} y1={breaks} y2={breaks} />
      <text className="limit breaks" x={right} y={breaks - 5} textAnchor="end">
        {text.frontier.above}
      </text>
      <line className="limit close" x1={44} x2={right} y1={close} y2={close} />
      <text className="limit close" x={right} y={close + 13} textAnchor="end">
        {text.frontier.below}
      </text>
    </>
  );
}

interface SameProps extends Pick<Props, 'rows' | 'by' | 'marks'> {
  x: (bits: number) => number;
  y: (nats: number) => number;
}

/** Joins arms A and B where they cost the same. */
function SameBytes({ rows, by, marks, x, y }: SameProps) {
  const arm = (tone: string) => rows.find((row) => marks.get(keyOfRow(row)) === tone);
  const [a, b] = [arm('a'), arm('b')];
  if (!a || !b || a.bytes !== b.bytes || Math.min(a[by], b[by]) <= 0) return null;
  const times = Math.max(a[by], b[by]) / Math.min(a[by], b[by]);
  const [ya, yb] = [y(a[by]), y(b[by])];
  return (
    <>
      <line className="same" x1={x(a.bits)} x2={x(a.bits)} y1={ya} y2={yb} />
      {Math.abs(ya - yb) > 24 && (
        <text x={x(a.bits) + 8} y={(ya + yb) / 2 + 4}>
          {text.frontier.same(times < 10 ? fixed(times, 1) : fixed(times, 0))}
        </text>
      )}
    </>
  );
}
