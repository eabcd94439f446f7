import { useMemo, useState } from 'react';
import { fixed, grouped } from '../../draw/figures';
import { Panel } from '../../draw/Panel';
import { useStore } from '../../store';
import { length as text } from '../../text/en-length';
import { Segment } from '../../ui/Segment';
import { megabytes } from '../../ui/units';
import { SizeChart } from './SizeChart';
import type { SizeRow } from './sizes';
import { LENGTHS, sizeRows } from './sizes';

type What = keyof typeof text.size.whats;
const WHATS = [
  ['bytes', text.size.whats.bytes],
  ['bits', text.size.whats.bits],
] as const;

/** Memory and effective bits over length, for every system. */
export function SizePanel() {
  const settings = useStore((s) => s.settings);
  const lane = useStore((s) => s.lane);
  const model = useStore((s) => s.model);
  const [what, setWhat] = useState<What>('bytes');
  const [hovered, setHovered] = useState<string | null>(null);
  const rows = useMemo(() => sizeRows({ settings, lane, model }), [settings, lane, model]);
  return (
    <Panel
      className="size-panel"
      title={text.size.title}
      note={model ? text.size.note(model.name) : undefined}
      side={<Segment<What> label={text.size.what} options={WHATS} value={what} onChange={setWhat} />}
    >
      {rows.length === 0 ? (
        <p className="lab m">{text.size.needsModel}</p>
      ) : (
        <div className="size-body">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
          <section className="size-scroll" aria-label={text.size.scroll} tabIndex={0}>
            <table className="plain">
              <thead>
                <tr>
                  <th scope="col">{text.size.system}</th>
                  {LENGTHS.map((tokens) => (
                    <th key={tokens} scope="col">
                      {grouped(tokens)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr
                    key={row.id}
                    className={row.id === hovered ? 'hovered' : undefined}
                    onPointerEnter={() => setHovered(row.id)}
                    onPointerLeave={() => setHovered(null)}
                  >
                    <th scope="row" className={row.tone === 'other' ? undefined : `tone-${row.tone}`}>
                      {row.name}
                    </th>
                    <Cells row={row} what={what} />
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <div>
            <SizeChart rows={rows} hovered={hovered} onHover={setHovered} />
            <p className="lab q">{text.size.aboutText}</p>
          </div>
        </div>
      )}
    </Panel>
  );
}

function Cells({ row, what }: { row: SizeRow; what: What }) {
  if (row.at.every((size) => size === null))
    return (
      <td colSpan={LENGTHS.length} className="q">
        {text.size.byText}
      </td>
    );
  return row.at.map((size, i) => (
    <td key={LENGTHS[i]}>
      {size === null ? '–' : `${size.isApproximate ? `${text.size.about} ` : ''}${figure(size, what)}`}
    </td>
  ));
}

const figure = (size: NonNullable<SizeRow['at'][number]>, what: What): string =>
  what === 'bits' ? fixed(size.bits) : megabytes(size.bytes, size.bytes < 10e6 ? 2 : 1);
