import { nuqTables, outlierSlots, rulesOf, spanOf, tokenTables } from '../../kv/nuq';
import type { ReferenceCodec } from '../codec';
import { perRow, ranked, throughLevels } from '../nuq';

/** One row of all heads: the `slots` largest and smallest values are exact, the next ones at each end make the span. */
export function throughToken(row: Float32Array, levels: Float32Array, slots: number): Float32Array {
  const high = ranked(row);
  const low = ranked(row.map((x) => -x));
  const span = spanOf(row[low[slots]], row[high[slots]]);
  return throughLevels(row, () => span, levels, new Set([...high.slice(0, slots), ...low.slice(0, slots)]));
}

const codec: ReferenceCodec = {
  id: 'nuq-token',
  through(rows, shape, side, header) {
    const channels = shape.heads * shape.headDim;
    const rules = rulesOf(side);
    const { levels } = header ? nuqTables(header, side.bits, 0) : tokenTables(rows, { ...shape, skip: 0 }, rules);
    const slots = rules.outliers ? outlierSlots(channels) : 0;
    return perRow(rows, channels, (row) => throughToken(row, levels, slots));
  },
};

export default codec;
