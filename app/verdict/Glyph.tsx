import type { Level } from '../../gpu/measure/verdict';

/** Filled disc, half disc, crossed square; a dotted ring where there is nothing to say. The word stands beside it. */
export function Glyph({ level, size }: { level: Level | null; size: number }) {
  return (
    <svg className={`glyph ${level ?? 'none'}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {level === 'close' && <circle cx="8" cy="8" r="6" fill="currentColor" />}
      {level === 'watch' && (
        <>
          <circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="M8 2.8a5.2 5.2 0 0 1 0 10.4z" fill="currentColor" />
        </>
      )}
      {level === 'breaks' && (
        <>
          <rect x="2" y="2" width="12" height="12" rx="1" fill="currentColor" />
          <path d="M5 5l6 6M11 5l-6 6" stroke="var(--bg)" strokeWidth="1.8" />
        </>
      )}
      {level === null && (
        <circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2.4 2.2" />
      )}
    </svg>
  );
}
