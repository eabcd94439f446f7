import type { KeyboardEvent } from 'react';
import { useMemo, useRef, useState } from 'react';
import type { SideName } from '../../gpu/kv/config';
import type { ParamValue } from '../../gpu/kv/entry';
import { optionOf, widthParam } from '../../gpu/kv/lane-system';
import { fixed } from '../draw/figures';
import { useStore } from '../store';
import { en } from '../text/en';
import { bitsNow, laneNow, sideEffective } from './bits';
import { sayWords } from './lane-edit';
import { laneOwner } from './lane-words';
import { RulerCells } from './RulerCells';
import { RulerHead } from './RulerHead';
import { wordStops } from './word-stops';

/** A ruler whose stops are a system's own words, or (none given) that only shows what the system has. */
export function WordRuler({ side, words }: { side: SideName; words: readonly ParamValue[] }) {
  const lane = useStore(laneNow);
  const now = useStore((s) => bitsNow(s)[side]);
  const headDim = useStore((s) => s.model?.headDim ?? 64);
  const hasRun = useStore((s) => s.runInfo !== null);
  const stops = useMemo(() => wordStops(lane, side, words, headDim), [lane, side, words, headDim]);
  const [held, setHeld] = useState<number | null>(null);
  const down = useRef(false);
  const text = en.systems;
  const { name } = en.precision.sides[side];
  const param = lane.system === undefined ? undefined : widthParam(lane.system, side);
  const word = param ? optionOf(lane, param) : '';
  const at = stops.findIndex((stop) => stop.word === word);
  const shown = stops[held ?? at];
  const effective = shown?.effective ?? sideEffective(lane, side, headDim);
  const owner = laneOwner(lane, side);

  const set = (index: number) => {
    const stop = stops[Math.min(stops.length - 1, Math.max(0, index))];
    if (stop && stop.word !== word) sayWords({ [side]: stop.word });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, Home: -99, End: 99 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(at + by);
  };
  const release = () => {
    down.current = false;
    if (held !== null) set(held);
    setHeld(null);
  };
  return (
    <div className="ruler">
      <RulerHead
        side={side}
        figure={
          stops.length === 0 ? (
            String(now)
          ) : (
            <select
              className="quiet-select word-figure"
              aria-label={text.widthMenu(name)}
              value={String(word)}
              onChange={(event) => set(stops.findIndex((stop) => String(stop.word) === event.target.value))}
            >
              {stops.map((stop) => (
                <option key={stop.word} value={String(stop.word)}>
                  {stop.word}
                </option>
              ))}
            </select>
          )
        }
        wanted={shown?.bits ?? now}
        effective={effective}
      >
        {stops.length === 0 && <span className="ruler-unit">{en.precision.bits}</span>}
      </RulerHead>
      <div className="ruler-track">
        <RulerCells
          side={side}
          bits={now}
          wanted={shown?.bits ?? now}
          effective={effective}
          ticks={stops.map((stop) => ({ at: stop.effective, label: String(stop.word) }))}
          chosen={String(shown?.word ?? '')}
          thumb={stops.length === 0 ? null : (shown?.effective ?? effective)}
        />
        {stops.length > 0 && (
          <input
            type="range"
            min={0}
            max={stops.length - 1}
            step={1}
            value={held ?? at}
            aria-label={text.widths(name)}
            aria-valuetext={en.precision.word(name, String(shown?.word ?? ''), fixed(effective))}
            onChange={(event) => (down.current ? setHeld(Number(event.target.value)) : set(Number(event.target.value)))}
            onKeyDown={onKeyDown}
            onPointerDown={() => {
              down.current = true;
            }}
            onPointerUp={release}
            onPointerCancel={release}
            onBlur={release}
          />
        )}
      </div>
      {stops.length === 0
        ? side === 'v' && <p className="ruler-why">{lane.evict && now >= 16 ? text.stays : text.fixed(owner)}</p>
        : hasRun && side === 'v' && <p className="ruler-why">{text.wordsLater(owner)}</p>}
    </div>
  );
}
