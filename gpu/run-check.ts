import { KvError } from './errors';
import type { RunSpec } from './run-types';

/** Refuses a run that cannot be, before anything is allocated. Errors: bad-prompt, bad-config, context-overflow. */
export function checkSpec(spec: RunSpec, context: number, vocab: number): void {
  const cap = spec.prompt.length + (spec.forced?.length ?? spec.steps);
  if (spec.prompt.length === 0) throw new KvError('bad-prompt', 'The prompt is empty.', '', 'Type a prompt first.');
  if (spec.lanes.length > 7)
    throw new KvError('bad-config', `${spec.lanes.length} lanes are too many; 7 fit beside the shadow.`);
  if (cap > context) {
    throw new KvError(
      'context-overflow',
      `The prompt and the steps together are ${cap} tokens.`,
      `This model's context is ${context} tokens.`,
      'Shorten the prompt or ask for fewer steps.',
    );
  }
  const bad = [...spec.prompt, ...(spec.forced ?? [])].find((id) => !(Number.isInteger(id) && id >= 0 && id < vocab));
  if (bad !== undefined) throw new KvError('bad-prompt', `${bad} is no token id of this model (0..${vocab - 1}).`);
}
