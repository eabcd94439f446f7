import { KvError } from '../errors';
import type { CacheConfig, Move, Side } from './config';
import { codecForBits, isByPlane, isExact } from './config';
import { codecOf } from './registry';

/** A side at another width: FP16 at 16 bits, else its own codec where that has the width, else the uniform one. */
export function atBits(side: Side, bits: number): Side {
  const keeps = bits < 16 && !isExact(side) && codecOf(side.codec).bits?.includes(bits);
  if (keeps) return { ...side, bits };
  const { own: _, ...rest } = side;
  return { ...rest, bits, codec: codecForBits(bits) };
}

/** Applies a move to the configurations. Errors: bad-config. */
export function moved(configs: CacheConfig[], move: Move): void {
  const config = configs[move.lane];
  if (!config || move.lane === 0) throw new KvError('bad-config', `There is no lane ${move.lane} to change.`);
  if (isByPlane(config))
    throw new KvError('bad-config', 'A lane whose layers keep different tokens cannot change its bits during a run.');
  if (codecOf(config[move.field].codec).learn)
    throw new KvError('bad-config', 'A codec that has learned its tables cannot change its bits during a run.');
  if (codecOf(config[move.field].codec).groups)
    throw new KvError('bad-config', 'Groups over all rows of the cache cannot change their bits during a run.');
  const { value } = move;
  if (!(value === 16 || (Number.isInteger(value) && value >= 1 && value <= 8))) {
    throw new KvError('bad-config', `${value} bits are not possible; 1 to 8 or 16 are.`);
  }
  config[move.field] = atBits(config[move.field], value);
}
