import type { ReactNode } from 'react';
import type { SideName } from '../../gpu/kv/config';
import { fixed } from '../draw/figures';
import { useStore } from '../store';
import { en } from '../text/en';
import { laneNow } from './bits';

interface Props {
  side: SideName;
  /** In force now, as it is written large. */
  figure: ReactNode;
  wanted: number;
  effective: number;
  /** What sets it exactly. */
  children?: ReactNode;
}

/** Letter, figure, and what a value costs in all. */
export function RulerHead({ side, figure, wanted, effective, children }: Props) {
  const made = useStore((s) => {
    const { codec, scheme } = laneNow(s)[side];
    return codec === 'uniform' || codec === 'f16' ? scheme : 'other';
  });
  const text = en.precision;
  return (
    <div className="ruler-head">
      <span className="ruler-name">
        {text.sides[side].letter}
        <small>{text.sides[side].name}</small>
      </span>
      <span className="ruler-bits">{figure}</span>
      {children}
      <span className="ruler-effective">
        <b>{fixed(effective)}</b> {text.effective}
        <small>{wanted >= 16 ? text.made.exact : text.made[made]}</small>
      </span>
    </div>
  );
}
