import { runsOnCpu } from '../cpu';
import { ShippedList } from '../recording/ShippedList';
import { LoadingPanel } from '../setup/LoadingPanel';
import { ModelChooser } from '../setup/ModelChooser';
import { useStore } from '../store';
import { en } from '../text/en';
import { Modal } from '../ui/Modal';
import { EngineTrouble, ErrorBox } from './Trouble';

/** What stands over the charts while there is no model: trouble, progress, or the ways to a model. */
export function StartPanel() {
  const isReady = useStore((s) => s.engine === 'ready' || s.engine === 'starting');
  const error = useStore((s) => s.error);
  const loading = useStore((s) => s.loading !== null);
  const wanted = useStore((s) => s.wanted?.ref);
  const coming = useStore((s) => s.coming);
  const onCpu = useStore(runsOnCpu);
  const fromLink = useStore((s) => s.link.kind === 'opened');
  const text = en.model;
  if (coming) return <div />;
  if (!isReady) return <EngineTrouble />;
  return (
    <div>
      {error && <ErrorBox error={error} onDismiss={() => useStore.setState({ error: null })} />}
      <section className="start-box chooser" aria-label={text.choose}>
        {loading ? (
          <LoadingPanel />
        ) : (
          <>
            <h2>{text.choose}</h2>
            {onCpu && <p>{en.recording.cpuIntro}</p>}
            <p className="m">{wanted ? (fromLink ? text.wantedLink(wanted) : text.wanted(wanted)) : text.intro}</p>
            <ModelChooser />
            <ShippedList />
          </>
        )}
      </section>
    </div>
  );
}

/** The same choice while a model is there. */
export function ModelDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const kept = useStore((s) => s.kept);
  const text = en.model;
  return (
    <Modal title={text.choose} open={open} onClose={onClose} closeText={text.close}>
      {kept && !kept.kept && (
        <p className="m">
          {text.notKept} {kept.why}
        </p>
      )}
      {open && <ModelChooser onLoading={onClose} />}
    </Modal>
  );
}
