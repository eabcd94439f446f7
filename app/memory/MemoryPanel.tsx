import { useShallow } from 'zustand/react/shallow';
import { fixed, grouped } from '../draw/figures';
import { comparesArms } from '../draw/lanes';
import { Panel } from '../draw/Panel';
import { widthsName } from '../lane-name';
import { ARM_NAMES, ARM_TONES, ARMS, atArm } from '../precision/arms/arms';
import { bitsWanted, laneNow } from '../precision/bits';
import { useStore } from '../store';
import { en } from '../text/en';
import { megabytes } from '../ui/units';
import { useFramesAt } from '../use-frames';
import { ByteBar } from './ByteBar';
import { memoryAt, memoryNow } from './figures';
import { LengthSlider } from './LengthSlider';
import './memory.css';

/** Keys and values in bytes, now and at a length of the visitor's choice, beside FP16. */
export function MemoryPanel() {
  useFramesAt(5);
  useStore(
    useShallow(({ pending, settings, model, prompt, length, cursor, lane }) => [
      pending,
      settings,
      model,
      prompt,
      length,
      cursor,
      lane,
    ]),
  );
  const state = useStore.getState();
  const text = en.memory;
  const now = memoryNow(state);
  const later = memoryAt(state, state.length);
  if (!now || !later) {
    return (
      <Panel className="memory" title={text.title}>
        <p className="lab m">{text.needsModel}</p>
      </Panel>
    );
  }
  const name = widthsName(laneNow(state), bitsWanted(state));
  // What an eviction keeps follows from the text: a formula cannot tell.
  const isForeseen = laneNow(state).evict !== undefined && now.kind !== 'allocated';
  const saved = (now.fp16 - now.total) / 1e6;
  const arms = comparesArms(state) ? ARMS.map((arm) => ({ arm, of: memoryNow(atArm(state, arm)) })) : null;
  const scale = Math.max(now.fp16, ...(arms ?? [{ of: now }]).map(({ of }) => of?.total ?? 0));
  return (
    <Panel className="memory" title={text.title} note={text[now.kind](grouped(now.tokens))} side={text.legend}>
      <div className="figures">
        <div>
          <b>{fixed(now.total / now.fp16)}×</b>
          {text.ratio}
        </div>
        <div>
          <b>{grouped(now.total)} B</b>
          {saved < 0 ? text.more(fixed(-saved)) : text.saved(fixed(saved))}
        </div>
        <div>
          <b>{fixed(now.effective)}</b>
          {text.effective}
        </div>
      </div>
      <ByteBar name={text.fp16} tone="fp16" k={now.fp16 / 2} v={now.fp16 / 2} scale={scale} />
      {arms ? (
        arms.map(
          ({ arm, of }) =>
            of && <ByteBar key={arm} name={ARM_NAMES[arm]} tone={ARM_TONES[arm]} k={of.k} v={of.v} scale={scale} />,
        )
      ) : (
        <ByteBar name={name} tone="a" k={now.k} v={now.v} scale={scale} />
      )}
      <div className="opt">
        <span>
          {text.atLength} <b>{grouped(state.length)}</b>
        </span>
        <span>
          <b>{megabytes(later.total)} MB</b> {text.versus} {megabytes(later.fp16)} MB
        </span>
      </div>
      {isForeseen && <p className="lab m">{text.evicts}</p>}
      <LengthSlider length={state.length} total={later.total} fp16={later.fp16} />
    </Panel>
  );
}
