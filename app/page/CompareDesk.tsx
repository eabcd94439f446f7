import { Compare } from '../compare/Compare';
import { useStore } from '../store';
import { en } from '../text/en';
import { Header } from './Header';
import { StartPanel } from './StartPanel';
import { StatusBar } from './StatusBar';
import { Strips } from './Strips';
import { EngineTrouble, ErrorBox } from './Trouble';

/** The sheet of all lanes on a desk. */
export function CompareDesk({ onModel }: { onModel: () => void }) {
  const isStart = useStore((s) => s.model === null);
  const isReady = useStore((s) => s.engine === 'ready' || s.recording !== null);
  const error = useStore((s) => s.error);
  return (
    <div className="shell">
      <Header onModel={onModel} />
      <Strips onModel={onModel} />
      <main className="compare-main" aria-label={en.page.sections.compare}>
        {isStart ? <StartPanel /> : !isReady && <EngineTrouble />}
        {!isStart && error && <ErrorBox error={error} onDismiss={() => useStore.setState({ error: null })} />}
        <Compare />
      </main>
      <StatusBar />
    </div>
  );
}
