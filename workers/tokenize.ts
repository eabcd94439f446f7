import { KvError } from '../gpu/errors';
import type { Tokenizer } from '../gpu/load/types';
import type { Tokenized } from './protocol';

/** Longest prompt that is tokenized at all; contexts of this size are far beyond what the page runs. */
const MOST_CHARACTERS = 100_000;

/** The prompt as the model gets it, in its own chat template when `chat`. Errors: bad-prompt. */
export function tokenizePrompt(tokenizer: Tokenizer, { text, chat }: { text: string; chat: boolean }): Tokenized {
  if (text.length > MOST_CHARACTERS) {
    throw new KvError(
      'bad-prompt',
      `The prompt has ${text.length} characters.`,
      `At most ${MOST_CHARACTERS} are read.`,
      'Shorten it.',
    );
  }
  const whole = chat ? tokenizer.chat([{ role: 'user', content: text }]) : text;
  const ids = tokenizer.encode(whole, chat ? { addBos: false } : {});
  const stream = tokenizer.stream();
  const pieces = ids.map((id) => stream.push(id));
  if (pieces.length > 0) pieces[pieces.length - 1] += stream.flush();
  return { ids, pieces };
}
