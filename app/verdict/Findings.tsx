import { lazy, Suspense } from 'react';

const RunFindings = lazy(() => import('./RunFindings'));

/** Holds the place of its two panels until they are there. */
export function Findings() {
  return (
    <Suspense
      fallback={
        <>
          <div className="panel verdict-place" />
          <div className="panel breaks-place" />
        </>
      }
    >
      <RunFindings />
    </Suspense>
  );
}
