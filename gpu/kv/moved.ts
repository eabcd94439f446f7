import { KvError } from '../errors';
import type { CacheConfig, Move, Side } from './config';
import { codecForBits } from './config';

/** A side at another width: FP16 at 16 bits, else the uniform codec with the side's own grouping. */
export const atBits = (side: Side, bits: number): Side => ({ ...side, bits, codec: codecForBits(bits) });

/** Applies a move to the configurations. Errors: bad-config. */
export function moved(configs: CacheConfig[], move: Move): void {
  const config = configs[move.lane];
  if (!config || move.lane === 0) throw new KvError('bad-config', `There is no lane ${move.lane} to change.`);
  const { value } = move;
  if (!(value === 16 || (Number.isInteger(value) && value >= 1 && value <= 8))) {
    throw new KvError('bad-config', `${value} bits are not possible; 1 to 8 or 16 are.`);
  }
  config[move.field] = atBits(config[move.field], value);
}
