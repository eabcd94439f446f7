import { useEffect } from 'react';
import type { ReceiptVerdict } from '../../gpu/measure/receipt';
import { compareReceipt } from '../../gpu/measure/receipt';
import { frames } from '../frames';
import { RecordingStrip } from '../recording/RecordingStrip';
import { ownWork } from '../session';
import type { State } from '../store';
import { useStore } from '../store';
import { en } from '../text/en';
import { PocketStrip, showsPocket } from './PocketStrip';

const isFromLink = ({ recording, link }: State): boolean =>
  recording === null && (link.kind === 'opened' || link.kind === 'forked');

/** A line stands between header and panels. */
export const hasStrip = (s: State): boolean =>
  s.recording !== null || isFromLink(s) || showsPocket(s) || s.notices.length > 0;

/** Lines between header and panels: where the session comes from, and what is worth a word. Never a modal. */
export function Strips({ onModel }: { onModel: () => void }) {
  const notices = useStore((s) => s.notices);
  const drop = useStore((s) => s.dropNotice);
  const fromLink = useStore(isFromLink);
  const isPocket = useStore(showsPocket);
  // The grid of the page counts on a row here.
  if (!useStore(hasStrip)) return <div />;
  return (
    <section aria-label={en.page.sections.notices}>
      <RecordingStrip onModel={onModel} />
      {fromLink ? <LinkStrip /> : isPocket && <PocketStrip onModel={onModel} />}
      {notices.map((notice) => (
        <div className="strip" role="status" key={notice}>
          <span>{notice}</span>
          <span className="gap" />
          <button type="button" className="word" onClick={() => drop(notice)}>
            {en.states.dismiss}
          </button>
        </div>
      ))}
    </section>
  );
}

function LinkStrip() {
  const link = useStore((s) => s.link);
  const verdict = useStore((s) => s.verdict);
  const text = en.link;
  useReceiptCheck();
  return (
    <div className="strip">
      <span>
        {link.kind === 'opened' ? link.from ? en.recording.takenOver : text.opened : <b>{text.forked}</b>}{' '}
        {link.kind === 'opened' && <span role="status">{link.receipt ? verdictText(verdict) : text.noReceipt}</span>}
      </span>
      <span className="gap" />
      <button type="button" className="btn" onClick={ownWork}>
        {text.back}
      </button>
    </div>
  );
}

function verdictText(verdict: ReceiptVerdict | null): string {
  const text = en.link;
  if (!verdict) return text.waiting;
  if (verdict.kind === 'same') return text.same(verdict.steps);
  return verdict.kind === 'so-far' ? text.soFar(verdict.steps) : text.parts(verdict.steps, verdict.tokens);
}

/** Compares whenever the run stops, and once a second while it goes on. */
function useReceiptCheck(): void {
  useEffect(() => {
    const check = () => {
      const { link, prompt, verdict, edits, runEdits, set } = useStore.getState();
      if (link.kind !== 'opened' || !link.receipt || !prompt || edits !== runEdits || frames.count === 0) return;
      const next = compareReceipt(prompt.ids, frames, link.receipt);
      if (JSON.stringify(next) !== JSON.stringify(verdict)) set({ verdict: next });
    };
    const timer = setInterval(check, 1000);
    return () => clearInterval(timer);
  }, []);
}
