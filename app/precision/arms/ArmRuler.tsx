import type { SideName } from '../../../gpu/kv/config';
import { fixed } from '../../draw/figures';
import { useStore } from '../../store';
import { en } from '../../text/en';
import { arms as text } from '../../text/en-arms';
import { bitsNow, bitsWanted, laneNow, laneWith, sideEffective } from '../bits';
import { previewBits, setBits } from '../change';
import { RulerCells } from '../RulerCells';
import { useRulerInput } from '../use-ruler-input';
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
  const widths = widthsOf(lane, side);
  const { letter, name } = en.precision.sides[side];
  const label = text.side(ARM_NAMES[arm], name);
  const stops = widths.kind === 'bits' ? widths.stops : [];
  const show = () => {
    if (useStore.getState().lane !== arm) useStore.setState({ lane: arm, pending: {} });
  };
  const set = (bits: number) => {
    show();
    setBits(side, bits);
  };
  const preview = (bits: number) => {
    show();
    previewBits(side, bits);
  };
  const latest = () => bitsWanted(atArm(useStore.getState(), arm))[side];
  const input = useRulerInput({ wanted, stops, set, preview, latest });
  if (widths.kind !== 'bits') {
    return (
      <p className="arm-side lab m">
        <b>{letter}</b> {text.fixed}
      </p>
    );
  }
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
          {...input}
          aria-label={label}
          aria-valuetext={en.precision.value(label, wanted, fixed(effective))}
        />
      </div>
    </div>
  );
}
