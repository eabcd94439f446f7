import { lazy, Suspense } from 'react';
import { useStore } from '../store';
import { en } from '../text/en';
import { Header } from './Header';
import { StatusBar } from './StatusBar';
import { Strips } from './Strips';
import { EngineTrouble, ErrorBox } from './Trouble';

export const Lab = lazy(() => import('../lab/Lab'));

/** The sheet of experiments on a desk. */
export function LabDesk({ onModel }: { onModel: () => void }) {
  const isReady = useStore((s) => s.engine === 'ready' || s.recording !== null);
  const error = useStore((s) => s.error);
  return (
    <div className="shell">
      <Header onModel={onModel} />
      <Strips onModel={onModel} />
      <main className="lab-main" aria-label={en.page.sections.lab}>
        {!isReady && <EngineTrouble />}
        {error && <ErrorBox error={error} onDismiss={() => useStore.setState({ error: null })} />}
        <Suspense>
          <Lab />
        </Suspense>
      </main>
      <StatusBar />
    </div>
  );
}
