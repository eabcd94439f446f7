import type { KeyboardEvent } from 'react';
import { useRef } from 'react';
import type { SideName } from '../../../gpu/kv/config';
import { fixed } from '../../draw/figures';
import { useStore } from '../../store';
import { en } from '../../text/en';
import { arms as text } from '../../text/en-arms';
import { bitsNow, bitsWanted, laneNow, laneWith, nearest, sideEffective, stopFrom } from '../bits';
import { previewBits, setBits } from '../change';
import { RulerCells } from '../RulerCells';
import { widthsOf } from '../widths';
import type { Arm } from './arms';
import { ARM_NAMES, atArm } from './arms';

interface Props {
  arm: Arm;
  side: SideName;
  /** Labels under the cells: only the lowest ruler carries them. */
  ticks: boolean;
}

/** One side of one arm: letter, cells, and a native range over them. Touching it puts its arm on show. */
export function ArmRuler({ arm, side, ticks }: Props) {
  const now = useStore((s) => bitsNow(atArm(s, arm))[side]);
  const wanted = useStore((s) => bitsWanted(atArm(s, arm))[side]);
  const headDim = useStore((s) => s.model?.headDim ?? 64);
  const lane = useStore((s) => laneNow(atArm(s, arm)));
  const effective = useStore((s) => sideEffective(laneWith(atArm(s, arm), bitsWanted(atArm(s, arm))), side, headDim));
  const held = useRef(false);
  const widths = widthsOf(lane, side);
  const { letter, name } = en.precision.sides[side];
  const label = text.side(ARM_NAMES[arm], name);
  if (widths.kind !== 'bits') {
    return (
      <p className="arm-side lab m">
        <b>{letter}</b> {text.fixed}
      </p>
    );
  }
  const { stops } = widths;
  const show = () => {
    if (useStore.getState().lane !== arm) useStore.setState({ lane: arm, pending: {} });
  };
  const set = (bits: number) => {
    show();
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
    if (!held.current) return set(stop);
    show();
    previewBits(side, stop);
  };
  const release = () => {
    if (!held.current) return;
    held.current = false;
    set(bitsWanted(atArm(useStore.getState(), arm))[side]);
  };
  return (
    <div className="arm-side">
      <b aria-hidden="true">{letter}</b>
      <div className="ruler-track">
        <RulerCells
          side={side}
          bits={now}
          wanted={wanted}
          effective={effective}
          ticks={ticks ? stops.map((at) => ({ at, label: String(at) })) : []}
          chosen={String(wanted)}
          compact
        />
        <input
          type="range"
          min={0}
          max={16}
          step={1}
          value={wanted}
          aria-label={label}
          aria-valuetext={en.precision.value(label, wanted, fixed(effective))}
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
    </div>
  );
}
