import type { ReactNode } from 'react';
import { useState } from 'react';
import { PanelEnd } from './SaveChart';

interface Props {
  title: string;
  note?: ReactNode;
  /** At the right end of the title row. */
  side?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A chart's section: title, a note in second ink, and what stands at the right. */
export function Panel({ title, note, side, className = '', children }: Props) {
  const [end, setEnd] = useState<HTMLElement | null>(null);
  return (
    <section className={`panel ${className}`} aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
        {note !== undefined && (
          <span className="note" title={typeof note === 'string' ? note : undefined}>
            {note}
          </span>
        )}
        <span className="gap" />
        {side !== undefined && <span className="side">{side}</span>}
        <span className="panel-end" ref={setEnd} />
      </div>
      <PanelEnd value={end}>{children}</PanelEnd>
    </section>
  );
}
