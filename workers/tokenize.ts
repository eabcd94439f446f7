import { encodePrompt } from '../gpu/load/encode-prompt';
import type { Tokenizer } from '../gpu/load/types';
import type { Tokenized } from './protocol';

/** The prompt as the model gets it, in its own chat template when `chat`. Errors: bad-prompt. */
export function tokenizePrompt(tokenizer: Tokenizer, prompt: { text: string; chat: boolean }): Tokenized {
  const ids = encodePrompt(tokenizer, prompt);
  const stream = tokenizer.stream();
  const pieces = ids.map((id) => stream.push(id));
  if (pieces.length > 0) pieces[pieces.length - 1] += stream.flush();
  return { ids, pieces };
}
