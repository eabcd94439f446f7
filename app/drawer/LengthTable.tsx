import { defaultConfig } from '../../gpu/kv/config';
import { footprintAt } from '../../gpu/kv/footprint-at';
import { widthsName } from '../lane-name';
import { bitsWanted, laneWith } from '../precision/bits';
import { useStore } from '../store';
import { drawer } from '../text/en-drawer';
import { megabytes } from '../ui/units';

const LENGTHS = [512, 2048, 8192, 32_768, 131_072];
const NAMES = ['512', '2k', '8k', '32k', '128k'];
const PAIRS = [
  [16, 16],
  [8, 8],
  [4, 4],
] as const;
const text = drawer.memory;

/** What the cache takes at lengths the visitor may have in mind: a formula, not a measurement. Drawn with the drawer, twice a second. */
export function LengthTable() {
  const state = useStore.getState();
  const { model } = state;
  if (!model) return null;
  const bits = bitsWanted(state);
  const lane = laneWith(state, bits);
  const rows = [
    ...PAIRS.map(([k, v]) => ({ name: `${k}/${v}`, config: defaultConfig(k, v), isLane: false })),
    { name: widthsName(lane, bits), config: lane, isLane: true },
  ];
  return (
    <table className="plain drawer-table">
      <thead>
        <tr>
          <th scope="col">{text.pair}</th>
          {NAMES.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, config, isLane }) => (
          <tr key={name} className={isLane ? 'is-lane' : undefined}>
            <th scope="row">{name}</th>
            {LENGTHS.map((tokens) => {
              const size = footprintAt(config, model, tokens);
              return (
                <td key={tokens} title={size ? undefined : text.byText}>
                  {size ? `${size.isApproximate ? '≈ ' : ''}${megabytes(size.bytes)}` : '–'}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
