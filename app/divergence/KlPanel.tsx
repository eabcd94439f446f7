import { useCallback, useRef } from 'react';
import type { PointerPhase } from '../draw/ChartCanvas';
import { ChartCanvas } from '../draw/ChartCanvas';
import type { Surface } from '../draw/canvas';
import { fixed, klText } from '../draw/figures';
import type { PlacedFlag } from '../draw/flags';
import { comparesArms, laneLabel, shownLanes } from '../draw/lanes';
import { subscribeLive } from '../draw/live';
import { Panel } from '../draw/Panel';
import { runMode } from '../draw/runMode';
import { theme } from '../draw/theme';
import { frames } from '../frames';
import { useStore } from '../store';
import { charts } from '../text/charts';
import { cursorStep, useFramesAt } from '../use-frames';
import './divergence.css';
import { KlReadout } from './KlReadout';
import { klView } from './klData';
import { paintHover } from './klHover';
import { paintKl } from './klPaint';
import { klGeometry } from './klView';

/** KL of every step so far. The cursor is the page's: dragging it here moves every other view in the same frame. */
export function KlPanel() {
  const arms = useStore(comparesArms);
  const arm = useStore((state) => laneLabel(state, state.lane));
  const free = useStore((state) => runMode(state) === 'free-running');
  const size = useRef<{ width: number; height: number }>({ width: 1, height: 1 });

  const paint = useCallback((surface: Surface) => {
    size.current = surface;
    const state = useStore.getState();
    const view = klView(state, surface.theme);
    const flags: PlacedFlag[] = paintKl(surface, view);
    const hovered = state.hoveredStep;
    if (hovered !== null && view.empty === null && hovered < view.computed) paintHover(surface, view, flags, hovered);
  }, []);

  const stepAt = (x: number) => {
    const view = klView(useStore.getState(), theme());
    const step = Math.round(klGeometry(size.current.width, size.current.height, view.steps).x.invert(x));
    return Math.max(0, Math.min(frames.count - 1, step));
  };
  const onPoint = (phase: PointerPhase, x: number, _y: number, touch: boolean) => {
    const { setHoveredStep } = useStore.getState();
    if (phase === 'leave' || frames.count === 0) setHoveredStep(null);
    else if (phase === 'hover') setHoveredStep(touch ? null : stepAt(x));
    else {
      setHoveredStep(null);
      setStep(stepAt(x));
    }
  };

  return (
    <Panel
      className="kl-panel"
      title={charts.kl.title}
      note={charts.kl.note(arms ? charts.kl.arm : arm)}
      side={arms && !free ? charts.kl.shaded : undefined}
    >
      <div className="kl-body">
        <KlCanvas paint={paint} onPoint={onPoint} />
        <KlReadout />
      </div>
    </Panel>
  );
}

/** Apart from the panel, because the slider's range is announced as the run grows (once in five seconds at most). */
function KlCanvas(props: {
  paint: (surface: Surface) => void;
  onPoint: (p: PointerPhase, x: number, y: number, t: boolean) => void;
}) {
  useFramesAt(0.2);
  const cursor = useStore((state) => state.cursor);
  return (
    <ChartCanvas
      name={charts.kl.title}
      className="kl-canvas"
      paint={props.paint}
      subscribe={subscribeLive}
      onPoint={props.onPoint}
      keys={{ move: (dx, dy) => setStep(cursorStep(useStore.getState().cursor) + dx - dy), describe }}
      slider={{ min: 0, max: Math.max(0, frames.count - 1), now: Math.max(0, cursorStep(cursor)) }}
      table={table}
      cursor="crosshair"
    />
  );
}

/** The newest step is "live": a cursor put there goes on following the run. */
function setStep(step: number): void {
  const last = frames.count - 1;
  if (last >= 0) useStore.getState().setCursor(step >= last ? 'live' : Math.max(0, step));
}

function describe(): string {
  const state = useStore.getState();
  const step = cursorStep(state.cursor);
  if (step < 0) return charts.kl.empty;
  if (runMode(state) === 'free-running') return charts.kl.freeRunning;
  return charts.kl.spoken(step, laneLabel(state, state.lane, step), klText(frames.lanes[state.lane].kl[step]));
}

const table = {
  columns: () => {
    const state = useStore.getState();
    const lanes = shownLanes(state).map((_, i) => laneLabel(state, i + 1));
    return [charts.kl.step, charts.kl.token, ...lanes.flatMap((lane) => [charts.kl.nats(lane), charts.kl.dp(lane)])];
  },
  rows: () => frames.count,
  row: (step: number) => {
    const piece = frames.get(step)?.pieces[1] ?? '';
    const cells = frames.lanes.slice(1).flatMap((lane) => [klText(lane.kl[step]), fixed(lane.dp[step], 3)]);
    return [String(step), piece.trim() || '·', ...cells];
  },
};
