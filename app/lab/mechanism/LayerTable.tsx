import type { CacheRow, WeightRow } from '../../../gpu/lab/experiments/mechanism';
import { OUTLIER } from '../../../gpu/measure/channels';
import { fixed } from '../../draw/figures';
import { mechanism as text } from '../../text/en-mechanism';

/** All numbers of all layers. Cells wait for their pass. */
export function LayerTable({ weights, caches }: { weights: readonly WeightRow[]; caches: readonly CacheRow[] }) {
  const layers = Math.max(weights.length, caches.length);
  if (layers === 0) return null;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="layer-table" aria-label={text.tableScroll} tabIndex={0}>
        <table className="plain">
          <thead>
            <tr>
              {Object.entries(text.columns).map(([key, title]) => (
                <th key={key} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: layers }, (_, l) => l).map((l) => (
              <tr key={l}>
                <th scope="row">{l}</th>
                {[...weightCells(weights[l]), ...cacheCells(caches[l])].map(([key, cell]) => (
                  <td key={key}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="lab m">{text.legend(OUTLIER)}</p>
    </>
  );
}

type Cell = [string, string];

const weightCells = (row: WeightRow | undefined): Cell[] => [
  ['kSpectral', row ? fixed(row.kSpectral) : ''],
  ['vSpectral', row ? fixed(row.vSpectral) : ''],
  ['kFrobenius', row ? fixed(row.kFrobenius) : ''],
  ['vFrobenius', row ? fixed(row.vFrobenius) : ''],
  ['kBias', !row ? '' : row.kBias === null ? text.noBias : fixed(row.kBias, 1)],
];

const cacheCells = (row: CacheRow | undefined): Cell[] => [
  ['cacheK', row ? fixed(row.kSpectral, 1) : ''],
  ['cacheV', row ? fixed(row.vSpectral, 1) : ''],
  ['kKurtosis', row ? fixed(row.kKurtosis, 1) : ''],
  ['vKurtosis', row ? fixed(row.vKurtosis, 1) : ''],
  ['kOutliers', row ? fixed(row.kOutliers * 100, 1) : ''],
  ['kUnrotated', row ? fixed(row.kOutliersUnrotated * 100, 1) : ''],
  ['vOutliers', row ? fixed(row.vOutliers * 100, 1) : ''],
  ['kTv', row ? fixed(row.kTv, 4) : ''],
  ['kError', row ? fixed(row.kError, 4) : ''],
  ['vError', row ? fixed(row.vError, 4) : ''],
];
