import type { FindingRow } from '../../../gpu/lab/mechanism/claim';
import { says } from '../../../gpu/lab/mechanism/claim';
import { mechanism as text } from '../../text/en-mechanism';

/** With fewer layers than this a correlation must be near perfect to be told from chance. */
const FEW_LAYERS = 10;

/** The claim's three parts for the ratio on show, each with its numbers, whichever way they turned out. */
export function Findings({ finding, bits }: { finding: FindingRow; bits: number }) {
  const { n, larger, largerP, errsMore, errsMoreP, rho, p } = finding;
  return (
    <>
      <ol className="findings">
        <li>{text.premise(says(larger - n / 2, largerP), finding)}</li>
        <li>{text.consequence(says(errsMore - n / 2, errsMoreP), finding, bits)}</li>
        <li>{text.link(says(rho, p), finding)}</li>
      </ol>
      {n < FEW_LAYERS && <p className="lab m">{text.few(n)}</p>}
      <p className="lab m">{text.caveat}</p>
    </>
  );
}
