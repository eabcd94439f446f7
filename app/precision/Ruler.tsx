import type { KeyboardEvent } from 'react';
import { useId, useRef } from 'react';
import type { SideName } from '../../gpu/kv/config';
import { fixed } from '../draw/figures';
import { BIT_STOPS } from '../settings';
import { useStore } from '../store';
import { en } from '../text/en';
import { NumberBox } from '../ui/NumberBox';
import { bitsNow, bitsWanted, laneWith, nearest, sideEffective, stopFrom, WIDTHS } from './bits';
import { previewBits, setBits } from './change';
import './precision.css';
import { RulerCells } from './RulerCells';

/** One side's bits: letter, figure, 16 cells that are the storage, and a native range over them. */
export function Ruler({ side }: { side: SideName }) {
  const now = useStore((s) => bitsNow(s)[side]);
  const wanted = useStore((s) => bitsWanted(s)[side]);
  const headDim = useStore((s) => s.model?.headDim ?? 64);
  const effective = useStore((s) => sideEffective(laneWith(s, bitsWanted(s)), side, headDim));
  const scheme = useStore((s) => s.settings.lanes[s.lane - 1][side].scheme);
  const held = useRef(false);
  const id = useId();
  const text = en.precision;
  const name = text.sides[side].name;

  const onKeyDown = (event: KeyboardEvent) => {
    const digit = /^[2-8]$/.test(event.key) ? Number(event.key) : null;
    const up = event.key === 'ArrowRight' || event.key === 'ArrowUp';
    const down = event.key === 'ArrowLeft' || event.key === 'ArrowDown';
    if (digit === null && !up && !down && event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    event.stopPropagation();
    if (digit !== null) setBits(side, digit);
    else if (event.key === 'Home') setBits(side, 2);
    else if (event.key === 'End') setBits(side, 16);
    else setBits(side, stopFrom(wanted, up));
  };
  const onChange = (value: number) => {
    const stop = nearest(value, BIT_STOPS);
    if (held.current) previewBits(side, stop);
    else setBits(side, stop);
  };
  const release = () => {
    if (!held.current) return;
    held.current = false;
    setBits(side, bitsWanted(useStore.getState())[side]);
  };

  return (
    <div className="ruler">
      <div className="ruler-head">
        <span className="ruler-name">
          {text.sides[side].letter}
          <small>{name}</small>
        </span>
        <span className="ruler-bits">{now}</span>
        <NumberBox
          className="ruler-box"
          label={text.box(name)}
          value={wanted}
          min={1}
          max={16}
          allow={(value) => nearest(value, WIDTHS)}
          onCommit={(value) => setBits(side, value)}
        />
        <span className="ruler-unit">{text.bits}</span>
        <span className="ruler-effective">
          <b>{fixed(effective)}</b> {text.effective}
          <small>{wanted >= 16 ? text.made.exact : text.made[scheme]}</small>
        </span>
      </div>
      <div className="ruler-track">
        <RulerCells side={side} bits={now} wanted={wanted} effective={effective} />
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
    </div>
  );
}
