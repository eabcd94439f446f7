import type { KeyboardEvent } from 'react';
import { Suspense } from 'react';
import { DistanceProfile } from '../attention/DistanceProfile';
import { HeadMap } from '../attention/HeadMap';
import { RowView } from '../attention/RowView';
import { Compare } from '../compare/Compare';
import { DecisionPanel } from '../decisions/DecisionPanel';
import { KlPanel } from '../divergence/KlPanel';
import { MemoryPanel } from '../memory/MemoryPanel';
import { NextToken } from '../nexttoken/NextToken';
import { PrecisionPanel } from '../precision/PrecisionPanel';
import { RunPanel } from '../setup/RunPanel';
import type { Tab } from '../store';
import { useStore } from '../store';
import { NumbersPanel } from '../summary/NumbersPanel';
import { en } from '../text/en';
import { TextLanes } from '../transcript/TextLanes';
import { Logo } from '../ui/Icon';
import { Findings } from '../verdict/Findings';
import { Dock } from './Dock';
import { ModelChip } from './Header';
import { Lab } from './LabDesk';
import { PhoneSum } from './PhoneSum';
import { StartPanel } from './StartPanel';
import { StatusBar } from './StatusBar';
import { Strips } from './Strips';
import { EngineTrouble, ErrorBox } from './Trouble';

/** The lab and the table of all lanes are sheets of their own on a desk and tabs here. */
type PhoneTab = Tab | 'lab' | 'compare';
const TABS: readonly PhoneTab[] = ['text', 'kl', 'attention', 'compare', 'lab', 'setup'];

const open = (tab: PhoneTab) =>
  useStore.setState(tab === 'compare' || tab === 'lab' ? { view: tab } : { view: 'run', tab });

/** The page on a phone: a summary, one tab, a dock; experiments have their own buttons and take the dock's room. */
export function Phone({ onModel }: { onModel: () => void }) {
  const tab = useStore((s): PhoneTab => (s.view === 'run' ? s.tab : s.view));
  const set = useStore((s) => s.set);
  const text = en.page;
  const onKey = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    const next = TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length];
    open(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div className={tab === 'lab' ? 'phone no-dock' : 'phone'}>
      <header className="bar">
        <h1 className="brand">
          <Logo />
          {text.name}
        </h1>
        <span className="gap" />
        <ModelChip onClick={onModel} short />
        <button type="button" className="btn" onClick={() => set({ dialog: 'share' })}>
          {text.share}
        </button>
        <button type="button" className="btn ghost icon" aria-label={text.menu} onClick={() => set({ dialog: 'menu' })}>
          ⋯
        </button>
      </header>
      <Strips onModel={onModel} />
      <main className="phone-main">
        <PhoneSum />
        <div className="tabs" role="tablist" aria-label={text.tabList} onKeyDown={onKey}>
          {TABS.map((id) => (
            <button
              key={id}
              id={`tab-${id}`}
              type="button"
              role="tab"
              aria-selected={id === tab}
              aria-controls="tab-body"
              tabIndex={id === tab ? 0 : -1}
              onClick={() => open(id)}
            >
              {text.tabs[id]}
            </button>
          ))}
        </div>
        <div className="tab-body" id="tab-body" role="tabpanel" aria-labelledby={`tab-${tab}`}>
          <Body tab={tab} />
        </div>
      </main>
      {tab !== 'lab' && <Dock />}
    </div>
  );
}

function Body({ tab }: { tab: PhoneTab }) {
  const isStart = useStore((s) => s.model === null);
  const isReady = useStore((s) => s.engine === 'ready' || s.recording !== null);
  const error = useStore((s) => s.error);
  if (isStart && tab !== 'setup') return <StartPanel />;
  return (
    <>
      {!isStart && !isReady && <EngineTrouble />}
      {!isStart && error && <ErrorBox error={error} onDismiss={() => useStore.setState({ error: null })} />}
      {tab === 'text' && (
        <>
          <TextLanes />
          <NextToken />
        </>
      )}
      {tab === 'kl' && (
        <>
          <KlPanel />
          <Findings />
          <NumbersPanel />
        </>
      )}
      {tab === 'attention' && (
        <>
          <HeadMap />
          <RowView />
          <DistanceProfile />
          <DecisionPanel />
        </>
      )}
      {tab === 'lab' && (
        <Suspense>
          <Lab />
        </Suspense>
      )}
      {tab === 'compare' && <Compare transport={false} />}
      {tab === 'setup' && (
        <>
          <RunPanel transport={false} />
          <PrecisionPanel />
          <MemoryPanel />
          <StatusBar />
        </>
      )}
    </>
  );
}
