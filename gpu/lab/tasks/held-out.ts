import { seeded } from '../../tasks/random';
import { taskOf } from '../../tasks/registry';
import type { Instance, Length } from '../../tasks/task';
import { sizeFor } from '../../tasks/task';

/** First seed of held-out instances, as in train/evaluate.py: training documents draw other states. */
export const HELD_OUT = 1_000_000_007;
/** Seeds between two tries for one instance whose fact should lie elsewhere. */
const STRIDE = 1_000_003;
const MOST_TRIES = 400;
/** Texts shorter than this have too few sentences for a depth. */
export const LEAST_DEPTH_LENGTH = 128;

/** A held-out instance and where its facts stand. */
export interface HeldOut extends Instance {
  /** Place in the series of its task and length. */
  i: number;
  /** Place of the needed fact: which of `bands` equal parts of the text, 0 = start; null where depth is not looked at. */
  band: number | null;
}

/** Middle of the first needed fact as a share of the text before the question, 0..1. */
export function depthOf({ prompt, keys }: Instance): number {
  const end = prompt.lastIndexOf('\n');
  const [from, to] = keys[0];
  return (from + to) / 2 / (end < 0 ? prompt.length : end);
}

/** Whether an instance has room in a model's context. */
export type Room = (one: Instance) => boolean;
/** Share of its units that an instance may lose for want of room. */
const SHRINK = 0.05;

/**
 * Instance `i` of a task, with a few units less where it turns out too long for `room`. The needle's depth goes round: instance i has its fact in part i mod `bands`, found by trying seeds,
 * so every instance is one that the task itself can make, and none depends on how many are asked for.
 */
export function heldOut(
  id: string,
  length: Length,
  i: number,
  bands: number,
  seed = HELD_OUT,
  room: Room = () => true,
): HeldOut {
  const task = taskOf(id);
  const most = sizeFor(id, length);
  const make = (from: number) => {
    for (let size = most; size >= most * (1 - SHRINK); size--) {
      const one = task.make(seeded(from), size);
      if (room(one)) return one;
    }
    return task.make(seeded(from), most);
  };
  if (bandsOf(id, length, bands) === 0) return { ...make(seed + i), i, band: null };
  const band = i % bands;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const one = make(seed + i + tries * STRIDE);
    if (Math.min(bands - 1, Math.floor(depthOf(one) * bands)) === band) return { ...one, i, band };
  }
  return { ...make(seed + i), i, band: null };
}

/** Depths of a task at a length; 0: depth is not looked at. */
export const bandsOf = (id: string, length: Length, bands: number): number =>
  id === 'needle' && length >= LEAST_DEPTH_LENGTH ? bands : 0;
