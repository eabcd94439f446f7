import type { Summary } from '../../gpu/measure/summary';
import { fixed, klText, signed } from '../draw/figures';
import { en } from '../text/en';

const percent = (value: number) => `${signed(value * 100, 2)} %`;

/** The standard error is left out where there are too few steps for one. */
const meanText = (t: Summary) => (t.klMeanErr > 0 ? `${klText(t.klMean)} ± ${klText(t.klMeanErr)}` : klText(t.klMean));

/** The table that llama.cpp prints for a KL-divergence run, same names: KL at the left, probabilities at the right. */
export function KldTable({ table }: { table: Summary | undefined }) {
  const { kld } = en.numbers;
  const t = table;
  const rows: [string, string | undefined, string, string | undefined][] = [
    [kld.mean, t && meanText(t), kld.ppl, t && fixed(t.ppl, 2)],
    [kld.max, t && klText(t.klMax), kld.pplBase, t && fixed(t.pplBase, 2)],
    [kld.p999, t && klText(t.kl999), kld.ratio, t && fixed(t.pplRatio, 4)],
    [kld.p95, t && klText(t.kl95), kld.dpMean, t && percent(t.dpMean)],
    [kld.p90, t && klText(t.kl90), kld.dpRms, t && `${fixed(t.dpRms * 100, 2)} %`],
    [kld.p10, t && klText(t.kl10), kld.dp1, t && percent(t.dp1)],
  ];
  return (
    <table className="kld">
      <tbody>
        {rows.map(([left, a, right, b]) => (
          <tr key={left}>
            <th scope="row">{left}</th>
            <td>{a ?? '–'}</td>
            <th scope="row">{right}</th>
            <td>{b ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
