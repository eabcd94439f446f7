import { fixed, grouped } from '../../draw/figures';
import { laneName } from '../../lane-name';
import { useStore } from '../../store';
import { arms as text } from '../../text/en-arms';
import { useFramesAt } from '../../use-frames';
import { bitsNow, bitsWanted, laneNow, laneWith, sideEffective } from '../bits';
import { setPair } from '../change';
import { swapWidths } from '../nudge';
import { ArmRuler } from './ArmRuler';
import type { Arm } from './arms';
import { ARM_NAMES, ARM_TONES, ARMS, atArm, bytesApart, pairOfSum } from './arms';
import './arms.css';

/** Two caches against each other: four rulers on one scale, so that equal budgets have equal length. */
export function ArmsEditor() {
  return (
    <div className="arms">
      {ARMS.map((arm) => (
        <div key={arm} className={`arm arm-${ARM_TONES[arm]}`}>
          <ArmHead arm={arm} />
          <ArmRuler arm={arm} side="k" ticks={false} />
          <ArmRuler arm={arm} side="v" ticks={arm === 2} />
        </div>
      ))}
      <Budget />
      <div className="opt">
        <span>{text.hatched}</span>
        <button type="button" className="word" title={text.swapTitle} onClick={swapWidths}>
          {text.swap}
        </button>
      </div>
    </div>
  );
}

function ArmHead({ arm }: { arm: Arm }) {
  const name = useStore((s) => laneName(laneNow(atArm(s, arm)), bitsNow(atArm(s, arm))));
  const isShown = useStore((s) => s.lane === arm);
  const headDim = useStore((s) => s.model?.headDim ?? 64);
  const k = useStore((s) => sideEffective(laneWith(atArm(s, arm), bitsWanted(atArm(s, arm))), 'k', headDim));
  const v = useStore((s) => sideEffective(laneWith(atArm(s, arm), bitsWanted(atArm(s, arm))), 'v', headDim));
  return (
    <div className="arm-head">
      <button
        type="button"
        aria-pressed={isShown}
        title={text.show(ARM_NAMES[arm])}
        onClick={() => useStore.setState({ lane: arm, pending: {} })}
      >
        <b>{ARM_NAMES[arm]}</b> {name}
      </button>
      <span className="lab m">
        <b>{fixed(k)}</b> + <b>{fixed(v)}</b> {text.effective}
      </span>
    </div>
  );
}

/** Holds K + V of both arms at one sum, and says how many bytes apart they are all the same. */
function Budget() {
  useFramesAt(3);
  const lock = useStore((s) => s.lock);
  const [a, b] = [useSum(1), useSum(2)];
  const apart = useStore((s) => bytesApart(s)?.bytes ?? null);
  const isEqual = lock && a === b;
  return (
    <div className="opt">
      <label title={text.lockTitle}>
        <input type="checkbox" checked={isEqual} onChange={(event) => holdEqual(event.target.checked)} />
        {isEqual ? text.equal(a) : text.equalOff}
      </label>
      {apart !== null && <b>{text.apart(grouped(Math.abs(apart)))}</b>}
    </div>
  );
}

function useSum(arm: Arm): number {
  return useStore((s) => {
    const { k, v } = bitsWanted(atArm(s, arm));
    return k + v;
  });
}

/** Brings B to the sum of A; from then on moving one side of an arm moves its other side. */
function holdEqual(on: boolean): void {
  const s = useStore.getState();
  if (on) {
    const a = bitsWanted(atArm(s, 1));
    const b = atArm(s, 2);
    const pair = pairOfSum(laneNow(b), bitsWanted(b), a.k + a.v);
    if (!pair) {
      s.notice(text.noPair(a.k + a.v));
      return;
    }
    useStore.setState({ lane: 2, pending: {} });
    setPair(pair);
  }
  useStore.setState({ lock: on });
}
