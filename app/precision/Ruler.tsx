import { useId, useState } from 'react';
import type { SideName } from '../../gpu/kv/config';
import { whyNotMoved } from '../../gpu/kv/lane-system';
import { fixed } from '../draw/figures';
import { isMovable } from '../engine-run';
import { useStore } from '../store';
import { en } from '../text/en';
import { NumberBox } from '../ui/NumberBox';
import { bitsNow, bitsWanted, laneNow, laneWith, nearest, sideEffective } from './bits';
import { previewBits, setBits } from './change';
import { laneOwner, notPossible } from './lane-words';
import './precision.css';
import { RulerCells } from './RulerCells';
import { RulerHead } from './RulerHead';
import { useRulerInput } from './use-ruler-input';
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
  const preview = (bits: number) => previewBits(side, bits);
  const input = useRulerInput({ wanted, stops, set, preview, latest: () => bitsWanted(useStore.getState())[side] });

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
          {...input}
          aria-label={text.slider(name)}
          aria-valuetext={text.value(name, wanted, fixed(effective))}
          aria-describedby={wanted === now ? undefined : id}
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
