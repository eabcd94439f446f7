import { KvError } from '../errors';
import type { Move } from './config';
import { allowed } from './entry';
import { BITS } from './fields';

/**
 * The slider log of a link: `lane.step.field.value.scope`, entries separated by commas, in the order they were made:
 * `1.64.k.2.all,1.96.k.4.new`. Lanes 1..7; value is a width in bits; f32 (32) is for tests and cannot be moved to.
 */
const MOST_LANE = 7;
const MOST_STEP = 1_000_000;
const WIDTHS = BITS.choices.filter((bits) => Number.isInteger(bits) && bits !== 32) as number[];

/** The text of `ev` to moves. Throws KvError('bad-config') naming the entry. An empty text is an empty log. */
export function parseMoves(text: string): Move[] {
  const moves = text === '' ? [] : text.split(',').map(parseMove);
  for (let i = 1; i < moves.length; i++) {
    if (moves[i].step < moves[i - 1].step) {
      throw new KvError(
        'bad-config',
        `Slider moves must be in order of their steps: ${moves[i].step} comes after ${moves[i - 1].step}.`,
      );
    }
  }
  return moves;
}

function parseMove(entry: string): Move {
  const match = /^(\d{1,3})\.(0|[1-9]\d{0,8})\.([^.]*)\.(\d{1,3})\.([^.]*)$/.exec(entry);
  if (!match)
    throw new KvError(
      'bad-config',
      `"${entry}" is not a slider move; write lane.step.field.value.scope, as 1.64.k.2.all.`,
    );
  const [lane, step, value] = [Number(match[1]), Number(match[2]), Number(match[4])];
  const [field, scope] = [match[3], match[5]];
  const wrong = (what: string, may: string) =>
    new KvError('bad-config', `Slider move "${entry}": ${what} may be ${may}.`);
  if (lane < 1 || lane > MOST_LANE) throw wrong('lane', `1..${MOST_LANE}`);
  if (step > MOST_STEP) throw wrong('step', `0..${MOST_STEP}`);
  if (field !== 'k' && field !== 'v') throw wrong('field', 'k or v');
  if (!WIDTHS.includes(value)) throw wrong('value', allowed({ ...BITS, choices: WIDTHS }));
  if (scope !== 'new' && scope !== 'all') throw wrong('scope', 'new or all');
  return { lane, step, field, value, scope };
}

/** Moves to the text of `ev`; `parseMoves` gives back equal moves. */
export const formatMoves = (moves: readonly Move[]): string =>
  moves.map(({ lane, step, field, value, scope }) => `${lane}.${step}.${field}.${value}.${scope}`).join(',');
