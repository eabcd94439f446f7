import { parseLane } from '../../../gpu/kv/lane';
import { sensitivity as text } from '../../text/en-sensitivity';

/** Widths of every layer as a table: keys above values, one column a layer. */
export function PairStrip({ lane, hovered }: { lane: string; hovered: number | null }) {
  const layers = parseLane(lane).layers.pairs.flatMap(({ from, to, k, v }) =>
    Array.from({ length: to - from + 1 }, (_, i) => ({ layer: from + i, k, v })),
  );
  return (
    <div className="pair-strip">
      <table aria-label={text.strip}>
        <thead>
          <tr>
            <th scope="row">{text.layerHead}</th>
            {layers.map(({ layer }) => (
              <th key={layer} scope="col" className={layer === hovered ? 'on' : ''}>
                {layer}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(['k', 'v'] as const).map((side) => (
            <tr key={side}>
              <th scope="row">{text.sides[side]}</th>
              {layers.map(({ layer, [side]: bits }) => (
                <td key={layer} className={`bits-${bits}`}>
                  {bits}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
