import type { Level } from '../../../gpu/measure/verdict';

/** Disc, half disc, cross: a verdict without its colour. */
export function LevelGlyph({ level }: { level: Level }) {
  return (
    <svg className="level-glyph" width="9" height="9" viewBox="0 0 10 10" aria-hidden="true">
      {level === 'close' && <circle cx="5" cy="5" r="4.5" fill="currentColor" />}
      {level === 'watch' && (
        <>
          <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" />
          <path d="M5 1a4 4 0 0 1 0 8z" fill="currentColor" />
        </>
      )}
      {level === 'breaks' && <path d="M1.5 1.5l7 7M8.5 1.5l-7 7" stroke="currentColor" strokeWidth="1.8" />}
    </svg>
  );
}
