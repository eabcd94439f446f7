import type { KeyboardEvent } from 'react';
import { useRef, useState } from 'react';
import type { ParamValue } from '../../../gpu/kv/entry';
import { verdictOf } from '../../../gpu/measure/verdict';
import { fixed, klShort, klText } from '../../draw/figures';
import { useMountedChart } from '../../draw/mounted';
import { attentionDomain, magnitudeStep } from '../../draw/ramp';
import { SaveChart } from '../../draw/SaveChart';
import { grid as text } from '../../text/en-grid';
import type { Axes, GridRow } from './gridData';
import { keyOf } from './gridData';
import type { Figure } from './gridForm';
import { LevelGlyph } from './LevelGlyph';

export interface GridTableProps {
  axes: Axes;
  /** By `keyOf`. */
  rows: ReadonlyMap<string, GridRow>;
  by: Figure;
  /** Lanes of the run on screen, by `keyOf`. */
  marks: ReadonlyMap<string, 'a' | 'b' | 'other'>;
  /** The best pair inside the budget. */
  best: string | null;
  hovered: string | null;
  onHover: (key: string | null) => void;
  onOpen: (k: ParamValue, v: ParamValue) => void;
}

const MOVES: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -99],
  End: [0, 99],
};

/** KL by pair as a heat grid: keys down, values across, most bits first. One Tab stop; arrows move, Enter opens the pair in Run. */
export function GridTable(props: GridTableProps) {
  const { ks, vs } = props.axes;
  const [at, setAt] = useState({ i: 0, j: 0 });
  const table = useRef<HTMLTableElement>(null);
  const measured = ks.flatMap((k) => vs.flatMap((v) => props.rows.get(keyOf(k, v)) ?? []));
  const chart = useMountedChart(text.title, table, {
    columns: () => [...text.frontier.columns.slice(0, 5), text.verdict],
    rows: () => measured.length,
    row: (at) => {
      const row = measured[at];
      const level = verdictOf(row);
      const figures = [fixed(row.bits), klText(row.klMedian), klText(row.kl99), fixed(row.sameTop * 100, 1)];
      return [text.pair(String(row.k), String(row.v)), ...figures, level ? text.levels[level] : '–'];
    },
  });
  const [i, j] = [Math.min(at.i, ks.length - 1), Math.min(at.j, vs.length - 1)];
  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const to = { i: clamp(i + move[0], ks.length), j: clamp(j + move[1], vs.length) };
    setAt(to);
    table.current?.querySelector<HTMLElement>(`[data-at="${to.i}.${to.j}"]`)?.focus();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: cells of a grid, moved through with arrows */}
      <table ref={table} className="heat" role="grid" aria-label={text.title} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <td />
            <th className="axis" colSpan={vs.length} scope="colgroup">
              {text.vBits}
            </th>
          </tr>
          <tr>
            <th className="axis side" scope="col">
              {text.kBits}
            </th>
            {vs.map((v) => (
              <th key={v} scope="col">
                {v}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ks.map((k, row) => (
            <tr key={k}>
              <th scope="row">{k}</th>
              {vs.map((v, column) => (
                <Cell
                  key={v}
                  {...{ k, v, ...props }}
                  place={`${row}.${column}`}
                  isStop={row === i && column === j}
                  onFocus={() => setAt({ i: row, j: column })}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <SaveChart chart={chart} />
    </>
  );
}

interface CellProps extends GridTableProps {
  k: ParamValue;
  v: ParamValue;
  place: string;
  isStop: boolean;
  onFocus: () => void;
}

function Cell({ k, v, rows, by, marks, best, hovered, onHover, onOpen, place, isStop, onFocus }: CellProps) {
  const key = keyOf(k, v);
  const row = rows.get(key);
  const pair = text.pair(String(k), String(v));
  const level = row ? verdictOf(row) : null;
  const step = row ? magnitudeStep(row[by], attentionDomain) : 0;
  const mark = marks.get(key);
  const said = row
    ? text.cell(pair, text.byLong[by], klText(row[by]), level ? text.levels[level] : '', fixed(row.bits))
    : text.notYet(pair);
  const look = [row ? `step-${step}` : 'empty', mark ? `mark-${mark}` : '', key === best ? 'best' : ''];
  return (
    <td>
      <button
        type="button"
        className={[...look, key === hovered ? 'hovered' : ''].filter(Boolean).join(' ')}
        data-at={place}
        tabIndex={isStop ? 0 : -1}
        aria-label={text.openCell(said)}
        onClick={() => onOpen(k, v)}
        onFocus={() => {
          onFocus();
          onHover(key);
        }}
        onBlur={() => onHover(null)}
        onPointerEnter={() => onHover(key)}
        onPointerLeave={() => onHover(null)}
      >
        {level && <LevelGlyph level={level} />}
        {row && <span>{klShort(row[by])}</span>}
      </button>
    </td>
  );
}

const clamp = (value: number, length: number) => Math.min(length - 1, Math.max(0, value));
