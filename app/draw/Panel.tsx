import type { ReactNode } from 'react';

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
  return (
    <section className={`panel ${className}`} aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
        {note !== undefined && <span className="note">{note}</span>}
        <span className="gap" />
        {side !== undefined && <span className="side">{side}</span>}
      </div>
      {children}
    </section>
  );
}
