import { parseLane } from '../../../gpu/kv/lane';
import { sensitivity as text } from '../../text/en-sensitivity';

/** Widths of every layer as a table: keys above values, one column a layer. */
export function PairStrip({ lane, hovered }: { lane: string; hovered: number | null }) {
  const layers = parseLane(lane).layers.pairs.flatMap(({ from, to, k, v }) =>
    Array.from({ length: to - from + 1 }, (_, i) => ({ layer: from + i, k, v })),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="pair-strip" aria-label={text.strip} tabIndex={0}>
      <table>
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
    </section>
  );
}
