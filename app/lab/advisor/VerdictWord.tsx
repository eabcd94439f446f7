import type { Level } from '../../../gpu/measure/verdict';
import { advisor } from '../../text/advisor';
import { Glyph } from '../../verdict/Glyph';
import '../../verdict/verdict.css';

/** Glyph and word. */
export function VerdictWord({ level }: { level: Level | null }) {
  const text = advisor.proposals;
  if (level === null) return <span className="q">{text.few}</span>;
  return (
    <span className="advisor-verdict" style={{ color: `var(--${level})` }}>
      <Glyph level={level} size={12} />
      {text.verdicts[level]}
    </span>
  );
}
