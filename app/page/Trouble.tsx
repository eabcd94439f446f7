import type { PlainError } from '../../gpu/errors';
import { hello } from '../engine';
import { runBundledOnCpu } from '../first-visit';
import { SHIPPED, watchShipped } from '../recording/shipped';
import { useStore } from '../store';
import { en } from '../text/en';
import { Crossed } from '../ui/Icon';

/** A failure in full: what happened, why, what next. */
export function ErrorBox({ error, onDismiss }: { error: PlainError; onDismiss: () => void }) {
  return (
    <section className="trouble" role="alert">
      <Crossed />
      <div className="say">{error.message}</div>
      {(error.why !== '' || error.next !== '') && (
        <p>
          {error.why} {error.next}
          {error.code === 'out-of-memory' && ` ${en.states.outOfMemory}`}
        </p>
      )}
      <div className="row">
        <button type="button" className="btn" onClick={onDismiss}>
          {en.states.dismiss}
        </button>
      </div>
    </section>
  );
}

/** Small models run without a device, slowly. */
export function CpuButton() {
  const text = en.recording;
  return (
    <button type="button" className="btn" title={text.cpuTitle} onClick={() => void runBundledOnCpu()}>
      {text.cpu}
    </button>
  );
}

/** The engine cannot run: which part is missing, what still works, how to get it. */
export function EngineTrouble() {
  const engine = useStore((s) => s.engine);
  const error = useStore((s) => s.engineError);
  const fromLink = useStore((s) => s.link.kind === 'opened');
  const text = en.states;
  const facts = text.facts;
  if (engine === 'starting' || engine === 'ready') return null;
  const isLost = engine === 'lost' || engine === 'recovering';
  const noGpu = engine === 'no-webgpu';
  const titles = {
    'no-webgpu': text.noWebgpu,
    'no-adapter': text.noAdapter,
    failed: text.failed,
    lost: text.lost,
    recovering: text.lost,
  };
  return (
    <section className="trouble" role="alert">
      <Crossed />
      <div className="say">{titles[engine]}</div>
      <p>
        {isLost
          ? `${text.lostWhy} ${text.recovering}`
          : `${error?.message ?? ''} ${error?.why ?? ''} ${error?.next ?? ''} ${text.stillWorks}`}
      </p>
      {!isLost && (
        <>
          <div className="row">
            {engine !== 'failed' && (
              <button type="button" className="btn prime" onClick={() => useStore.setState({ dialog: 'webgpu' })}>
                {text.noWebgpuHelp}
              </button>
            )}
            <button type="button" className="btn" onClick={() => void hello()}>
              {text.retry}
            </button>
            {engine !== 'failed' && <CpuButton />}
            <button type="button" className="btn" onClick={() => void watchShipped(SHIPPED[0])}>
              {en.recording.watch}
            </button>
          </div>
          {engine !== 'failed' && (
            <dl className="facts">
              <dt>{facts.secure}</dt>
              <dd>{isSecureContext ? facts.yes : <span className="bad">{facts.insecure}</span>}</dd>
              <dt>{facts.gpu}</dt>
              <dd>
                {noGpu ? <span className="bad">{facts.missing}</span> : facts.present}{' '}
                <span className="m">{navigator.userAgent}</span>
              </dd>
              <dt>{facts.adapter}</dt>
              <dd>{noGpu ? facts.notAsked : <span className="bad">{facts.none}</span>}</dd>
              <dt>{facts.f16}</dt>
              <dd className="m">{facts.notNeeded}</dd>
              {fromLink && (
                <>
                  <dt>{facts.link}</dt>
                  <dd>{facts.linkWhole}</dd>
                </>
              )}
            </dl>
          )}
        </>
      )}
    </section>
  );
}
