import { lazy, Suspense, useCallback } from 'react';
import { useStore } from '../store';
import type { LaneSync } from './LaneSync';
import { TokenFlow } from './TokenFlow';

const LaneFacts = lazy(() => import('../verdict/LaneFacts'));

interface Props {
  /** 0 = FP16. */
  lane: number;
  label: string;
  tone: string;
  sync: LaneSync;
  /** Each lane writes its own text. */
  free: boolean;
}

/** The box of one lane's text. React renders it once; its flow fills it. */
export function LaneText({ lane, label, tone, sync, free }: Props) {
  const attach = useCallback(
    (box: HTMLElement | null) => {
      const text = box?.firstElementChild;
      if (!box || !(text instanceof HTMLElement)) return;
      sync.add(lane, new TokenFlow(box, text));
      let width = 0;
      const observer = new ResizeObserver(([entry]) => {
        if (width > 0 && entry.contentRect.width !== width) sync.reflow(useStore.getState());
        width = entry.contentRect.width;
      });
      observer.observe(box);
      sync.update(useStore.getState());
      return () => {
        observer.disconnect();
        sync.remove(lane);
      };
    },
    [lane, sync],
  );
  return (
    <div className="lane">
      <span className={`lane-name tone-${tone}`}>
        {parted(label)}
        {free && (
          <Suspense>
            <LaneFacts lane={lane} />
          </Suspense>
        )}
      </span>
      <section
        ref={attach}
        className={lane === 0 ? 'fp16' : ''}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={label}
      >
        <div />
      </section>
    </div>
  );
}

/** The widths stay together where the name needs two lines. */
const parted = (label: string): string => label.replace(/ (V[\d.]+)$/, '\u00a0$1');
