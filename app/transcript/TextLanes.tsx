import type { PointerEvent } from 'react';
import { useEffect, useRef } from 'react';
import { useShallow } from 'zustand/shallow';
import { comparesArms, laneLabel, laneTone } from '../draw/lanes';
import { putText, useLive } from '../draw/live';
import { Panel } from '../draw/Panel';
import { runMode } from '../draw/runMode';
import { frames } from '../frames';
import { useStore } from '../store';
import { charts } from '../text/charts';
import { LaneSync } from './LaneSync';
import { LaneText } from './LaneText';
import { ModeSwitch } from './ModeSwitch';
import './transcript.css';

/** A new token costs a layout; text that follows a fast run gains nothing from more than this. */
const GAP_MS = 100;

/** What each lane reads (same prefix) or writes (free-running), token by token; a click puts the cursor there. */
export function TextLanes() {
  const lanes = useStore(useShallow((state) => (comparesArms(state) ? [0, 1, 2] : [0, state.lane])));
  const labels = useStore(
    useShallow((state) => lanes.map((lane) => (lane === 0 ? charts.fp16 : laneLabel(state, lane)))),
  );
  const tones = useStore(useShallow((state) => lanes.map((lane) => (lane === 0 ? 'fp16' : laneTone(state, lane)))));
  const mode = useStore(runMode);
  const sync = useRef(new LaneSync());
  const empty = useRef<HTMLParagraphElement>(null);

  const shown = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const show = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    shown.current = performance.now();
    sync.current.update(useStore.getState());
    putText(empty.current, frames.count === 0 ? charts.lanes.empty : '');
  };
  useLive(() => {
    const { cursor, hoveredStep } = useStore.getState();
    const wait = shown.current + GAP_MS - performance.now();
    if (cursor !== 'live' || hoveredStep !== null || wait <= 0) show();
    else timer.current ??= setTimeout(show, wait);
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  return (
    <Panel
      className={lanes.length > 2 ? 'text-lanes arms' : 'text-lanes'}
      title={charts.lanes.title}
      note={mode === 'free-running' ? charts.lanes.freeNote : charts.lanes.note}
      side={<ModeSwitch />}
    >
      <div
        role="log"
        aria-live="off"
        aria-label={charts.lanes.log}
        onPointerDown={pick}
        onPointerOver={hover}
        onPointerLeave={leave}
      >
        {lanes.map((lane, i) => (
          <LaneText
            key={lane}
            lane={lane}
            label={labels[i]}
            tone={tones[i]}
            sync={sync.current}
            free={mode === 'free-running'}
          />
        ))}
        <p ref={empty} className="lanes-empty" />
      </div>
    </Panel>
  );
}

function stepOf(event: PointerEvent): number | null {
  const token = (event.target as Element).closest<HTMLElement>('[data-step]');
  return token ? Number(token.dataset.step) : null;
}

function pick(event: PointerEvent): void {
  const step = stepOf(event);
  if (step !== null) useStore.getState().setCursor(step >= frames.count - 1 ? 'live' : step);
}

function hover(event: PointerEvent): void {
  if (event.pointerType !== 'touch') useStore.getState().setHoveredStep(stepOf(event));
}

function leave(): void {
  useStore.getState().setHoveredStep(null);
}
