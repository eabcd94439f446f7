import * as v from 'valibot';
import { parseLane } from '../../kv/lane';
import { HELD_OUT } from './held-out';

export const whole = (least: number, most: number) =>
  v.pipe(v.number('must be a number'), v.integer('must be a whole number'), v.minValue(least), v.maxValue(most));

const lane = v.pipe(
  v.string('must be a lane string'),
  v.check((text) => isLane(text), 'has a pair that cannot be read'),
);

/** Settings that every experiment with questions has. */
export const askFields = (count: number, pairs: string[]) => ({
  /** Questions by task and length. */
  count: v.optional(whole(1, 1000), count),
  /** Lanes beside FP16. */
  pairs: v.optional(v.pipe(v.array(lane), v.minLength(1), v.maxLength(70)), pairs),
  /** First of the held-out seeds. */
  seed: v.optional(whole(0, 2 ** 31), HELD_OUT),
  form: v.optional(v.picklist(['auto', 'plain', 'chat'], 'is auto, plain or chat'), 'auto'),
  /** Share that FP16 must have right; null: 0.6, for the bundled model 0.95. */
  least: v.optional(v.nullable(v.pipe(v.number('must be a number'), v.minValue(0), v.maxValue(1))), null),
});

function isLane(text: string): boolean {
  try {
    parseLane(text);
    return true;
  } catch {
    return false;
  }
}
