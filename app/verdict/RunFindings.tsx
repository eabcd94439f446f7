import { BreaksPanel } from './BreaksPanel';
import { VerdictPanel } from './VerdictPanel';

/** Verdict and "What breaks first", loaded apart from the first paint. */
export default function RunFindings() {
  return (
    <>
      <VerdictPanel />
      <BreaksPanel />
    </>
  );
}
