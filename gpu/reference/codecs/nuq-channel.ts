import type { NuqTables } from '../../kv/nuq';
import { channelTables, nuqTables, outlierSlots, rulesOf } from '../../kv/nuq';
import type { ReferenceCodec } from '../codec';
import { perRow, ranked, throughLevels } from '../nuq';

/** One row of all heads. Outliers: the `slots` largest and smallest of the values outside their channel's span. */
export function throughChannels(row: Float32Array, { levels, spans }: NuqTables, slots: number): Float32Array {
  const places = row.map((x, c) => {
    const y = Math.fround(x - spans[c].centre);
    return Math.abs(y) <= spans[c].half ? 0 : y / spans[c].half;
  });
  const high = ranked(places).slice(0, slots);
  const low = ranked(places.map((x) => -x)).slice(0, slots);
  const exact = new Set([...high.filter((c) => places[c] > 0), ...low.filter((c) => places[c] < 0)]);
  return throughLevels(row, (c) => spans[c], levels, exact);
}

const codec: ReferenceCodec = {
  id: 'nuq-channel',
  through(rows, shape, side, header) {
    const channels = shape.heads * shape.headDim;
    const rules = rulesOf(side);
    const tables = header ? nuqTables(header, side.bits, channels) : channelTables(rows, { ...shape, skip: 0 }, rules);
    const slots = rules.outliers ? outlierSlots(channels) : 0;
    return perRow(rows, channels, (row) => throughChannels(row, tables, slots));
  },
};

export default codec;
