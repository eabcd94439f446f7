import type { Level } from '../../../gpu/measure/verdict';
import { advisor } from '../../text/advisor';

const PATHS: Record<Level, string> = {
  close: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z',
  watch: 'M8 1.5a6.5 6.5 0 0 0 0 13z',
  breaks: 'M2 2h12v12H2z',
};

/** Glyph and word: filled disc, half disc, crossed square. */
export function VerdictWord({ level }: { level: Level | null }) {
  const text = advisor.proposals;
  if (level === null) return <span className="q">{text.few}</span>;
  return (
    <span className="verdict-word" style={{ color: `var(--${level})` }}>
      <svg width="12" height="12" viewBox="0 0 16 16" aria-hidden="true">
        {level === 'watch' && <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />}
        <path d={PATHS[level]} fill="currentColor" />
        {level === 'breaks' && <path d="M5 5l6 6M11 5l-6 6" stroke="var(--bg)" strokeWidth="1.8" />}
      </svg>
      {text.verdicts[level]}
    </span>
  );
}
