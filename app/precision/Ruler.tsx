import type { KeyboardEvent } from 'react';
import { useId, useRef, useState } from 'react';
import type { SideName } from '../../gpu/kv/config';
import { whyNotMoved } from '../../gpu/kv/lane-system';
import { fixed } from '../draw/figures';
import { isMovable } from '../engine-run';
import { useStore } from '../store';
import { en } from '../text/en';
import { NumberBox } from '../ui/NumberBox';
import { bitsNow, bitsWanted, laneNow, laneWith, nearest, sideEffective, stopFrom } from './bits';
import { previewBits, setBits } from './change';
import { laneOwner, notPossible } from './lane-words';
import './precision.css';
import { RulerCells } from './RulerCells';
import { RulerHead } from './RulerHead';
import { WordRuler } from './WordRuler';
import { widthsOf } from './widths';

/** One side's bits: letter, figure, 16 cells that are the storage, and a native range over them. */
export function Ruler({ side }: { side: SideName }) {
  const lane = useStore(laneNow);
  const widths = widthsOf(lane, side);
  if (widths.kind === 'bits') return <BitRuler side={side} stops={widths.stops} all={widths.all} />;
  return <WordRuler side={side} words={widths.kind === 'words' ? widths.words : []} />;
}

interface Props {
  side: SideName;
  /** Where the ruler stops. */
  stops: readonly number[];
  /** What may also be typed. */
  all: readonly number[];
}

function BitRuler({ side, stops, all }: Props) {
  const now = useStore((s) => bitsNow(s)[side]);
  const wanted = useStore((s) => bitsWanted(s)[side]);
  const headDim = useStore((s) => s.model?.headDim ?? 64);
  const effective = useStore((s) => sideEffective(laneWith(s, bitsWanted(s)), side, headDim));
  const [refused, setRefused] = useState('');
  const held = useRef(false);
  const id = useId();
  const text = en.precision;
  const { name } = text.sides[side];

  /** Says what the lane cannot do, or what it can do only from the next run on. */
  const set = (bits: number) => {
    const lane = laneNow(useStore.getState());
    const later = isMovable() ? whyNotMoved(lane, side, bits) : null;
    if (!all.includes(bits)) setRefused(notPossible(lane, side, bits));
    else setRefused(later ? en.systems.later[later](String(bits), laneOwner(lane, side)) : '');
    setBits(side, bits);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const digit = /^[2-8]$/.test(event.key) ? Number(event.key) : null;
    const up = event.key === 'ArrowRight' || event.key === 'ArrowUp';
    const down = event.key === 'ArrowLeft' || event.key === 'ArrowDown';
    if (digit === null && !up && !down && event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    event.stopPropagation();
    if (digit !== null) set(digit);
    else if (event.key === 'Home') set(stops[0]);
    else if (event.key === 'End') set(stops[stops.length - 1]);
    else set(stopFrom(wanted, up, stops));
  };
  const onChange = (value: number) => {
    const stop = nearest(value, stops);
    if (held.current) previewBits(side, stop);
    else set(stop);
  };
  const release = () => {
    if (!held.current) return;
    held.current = false;
    set(bitsWanted(useStore.getState())[side]);
  };

  return (
    <div className="ruler">
      <RulerHead side={side} figure={String(now)} wanted={wanted} effective={effective}>
        <NumberBox
          className="ruler-box"
          label={text.box(name)}
          value={wanted}
          min={1}
          max={16}
          step={all.every(Number.isInteger) ? 1 : 0.01}
          allow={(value) => nearest(value, all)}
          onCommit={set}
        />
        <span className="ruler-unit">{text.bits}</span>
      </RulerHead>
      <div className="ruler-track">
        <RulerCells
          side={side}
          bits={now}
          wanted={wanted}
          effective={effective}
          ticks={stops.map((at) => ({ at, label: String(at) }))}
          chosen={String(wanted)}
        />
        <input
          type="range"
          min={0}
          max={16}
          step={1}
          value={wanted}
          aria-label={text.slider(name)}
          aria-valuetext={text.value(name, wanted, fixed(effective))}
          aria-describedby={wanted === now ? undefined : id}
          onChange={(event) => onChange(Number(event.target.value))}
          onKeyDown={onKeyDown}
          onPointerDown={() => {
            held.current = true;
          }}
          onPointerUp={release}
          onPointerCancel={release}
          onBlur={release}
        />
      </div>
      <span className="unseen" id={id}>
        {text.pending(wanted)}
      </span>
      {refused !== '' && (
        <p className="ruler-why" role="status">
          {refused}
        </p>
      )}
    </div>
  );
}
