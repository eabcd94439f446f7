import { KvError } from './errors';
import { shadowConfig } from './kv/config';
import { moved } from './kv/moved';
import { checkRule } from './model/sample';
import type { RunSpec } from './run-types';

/** Refuses a run that cannot be, before anything is allocated. Errors: bad-prompt, bad-config, context-overflow. */
export function checkSpec(spec: RunSpec, context: number, vocab: number): void {
  const steps = spec.forced?.length ?? spec.steps;
  const cap = spec.prompt.length + steps;
  if (spec.prompt.length === 0) throw new KvError('bad-prompt', 'The prompt is empty.', '', 'Type a prompt first.');
  if (spec.lanes.length > 7)
    throw new KvError('bad-config', `${spec.lanes.length} lanes are too many; 7 fit beside the shadow.`);
  if (!(Number.isInteger(steps) && steps >= 1)) {
    throw new KvError('bad-config', `${steps} steps are not possible; a run has at least one.`);
  }
  if (cap > context) {
    throw new KvError(
      'context-overflow',
      `The prompt and the steps together are ${cap} tokens.`,
      `This model's context is ${context} tokens.`,
      'Shorten the prompt or ask for fewer steps.',
    );
  }
  const isToken = (id: number) => Number.isInteger(id) && id >= 0 && id < vocab;
  const bad = [...spec.prompt, ...(spec.forced ?? [])].find((id) => !isToken(id));
  if (bad !== undefined) throw new KvError('bad-prompt', `${bad} is no token id of this model (0..${vocab - 1}).`);
  checkRule(spec.decode);
  checkMoves(spec);
  if (spec.isolate && spec.mode === 'free-running')
    throw new KvError('bad-config', 'Isolated lanes write no text of their own; isolation goes with the same prefix.');
}

function checkMoves({ moves, lanes, live }: RunSpec): void {
  if (moves.length > 0 && !live) throw new KvError('bad-config', 'This run has no room for slider moves.');
  const configs = [shadowConfig(), ...structuredClone(lanes)];
  for (const move of moves) moved(configs, move);
}
