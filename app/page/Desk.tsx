import type { ComponentType } from 'react';
import { lazy, Suspense } from 'react';
import { DistanceProfile } from '../attention/DistanceProfile';
import { HeadMap } from '../attention/HeadMap';
import { RowView } from '../attention/RowView';
import { DecisionPanel } from '../decisions/DecisionPanel';
import { KlPanel } from '../divergence/KlPanel';
import { MemoryPanel } from '../memory/MemoryPanel';
import { NextToken } from '../nexttoken/NextToken';
import { PrecisionPanel } from '../precision/PrecisionPanel';
import { RunPanel } from '../setup/RunPanel';
import { useStore } from '../store';
import { NumbersPanel } from '../summary/NumbersPanel';
import { en } from '../text/en';
import { TextLanes } from '../transcript/TextLanes';
import { Findings } from '../verdict/Findings';
import { Header } from './Header';
import { StartPanel } from './StartPanel';
import { StatusBar } from './StatusBar';
import { Strips } from './Strips';
import { EngineTrouble, ErrorBox } from './Trouble';

const idle = () =>
  new Promise<void>((done) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => done(), { timeout: 3000 });
    else setTimeout(done, 1000);
  });

/** Comes when the first charts are there; without its chunk (offline, blocked) everything else works. */
const Drawer = lazy<ComponentType>(() =>
  idle()
    .then(() => import('../drawer/Drawer'))
    .catch(() => ({ default: () => null })),
);

/** The page on a desk: controls, charts, numbers side by side. */
export function Desk({ onModel }: { onModel: () => void }) {
  const isStart = useStore((s) => s.model === null);
  const text = en.page.sections;
  return (
    <div className="shell">
      <Header onModel={onModel} />
      <Strips onModel={onModel} />
      <main className="main">
        <section className="column left" aria-label={text.setup}>
          <PrecisionPanel />
          <MemoryPanel />
          <RunPanel />
        </section>
        <section className={isStart ? 'column middle start' : 'column middle'} aria-label={text.charts}>
          {isStart ? <StartPanel /> : <LiveTop />}
          <KlPanel />
          <div className="attention">
            <HeadMap />
            <div className="attention-side">
              <RowView />
              <DistanceProfile />
            </div>
          </div>
          <DecisionPanel />
        </section>
        <section className="column right" aria-label={text.numbers}>
          <Findings />
          <NumbersPanel />
          <NextToken />
        </section>
        {!isStart && (
          <Suspense>
            <Drawer />
          </Suspense>
        )}
      </main>
      <StatusBar />
    </div>
  );
}

/** The text lanes, unless a failure needs their place; the run's results below stay. */
function LiveTop() {
  const error = useStore((s) => s.error);
  const isReady = useStore((s) => s.engine === 'ready');
  const isRecording = useStore((s) => s.recording !== null);
  if (!isReady && !isRecording) return <EngineTrouble />;
  if (error) return <ErrorBox error={error} onDismiss={() => useStore.setState({ error: null })} />;
  return <TextLanes />;
}
