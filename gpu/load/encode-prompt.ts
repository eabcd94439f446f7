import { KvError } from '../errors';
import type { Tokenizer } from './types';

/** Longest prompt that is tokenized at all; contexts of this size are far beyond what the page runs. */
const MOST_CHARACTERS = 100_000;

/** Token ids of a prompt, in the model's own chat template when `chat`. Errors: bad-prompt. */
export function encodePrompt(tokenizer: Tokenizer, { text, chat }: { text: string; chat: boolean }): number[] {
  if (text.length > MOST_CHARACTERS) {
    throw new KvError(
      'bad-prompt',
      `The prompt has ${text.length} characters.`,
      `At most ${MOST_CHARACTERS} are read.`,
      'Shorten it.',
    );
  }
  if (chat && !tokenizer.hasChat) throw new KvError('bad-prompt', 'This model has no chat template.');
  const whole = chat ? tokenizer.chat([{ role: 'user', content: text }]) : text;
  return tokenizer.encode(whole, chat ? { addBos: false } : {});
}
