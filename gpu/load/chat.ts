import { Template } from '@huggingface/jinja';
import { KvError } from '../errors';

export interface Message {
  role: string;
  content: string;
}

/** Values of a template that are not messages; `bos` and `eos` as written in text. */
export interface ChatOptions {
  bos: string;
  eos: string;
}

/**
 * Messages -> prompt text in the model's own template, ready for the answer. Templates that ask for today's date get 26 Jul 2024
 * (the fallback of Llama's own template): a shared link must give the same prompt every day and in every language.
 * Throws KvError('unsupported-tokenizer') when the template cannot be read, 'bad-prompt' when it refuses the messages.
 */
export function renderChat(template: string, messages: Message[], { bos, eos }: ChatOptions): string {
  let parsed: Template;
  try {
    // The library binds `strftime_now` to the clock and does not let it be replaced, so the template calls another name.
    parsed = new Template(template.replace(/\bstrftime_now\b/g, 'fixed_date'));
  } catch (error) {
    throw new KvError(
      'unsupported-tokenizer',
      'The chat template of this model cannot be read.',
      (error as Error).message,
      'Switch the chat template off and write the prompt as plain text.',
    );
  }
  try {
    return parsed.render({
      messages,
      bos_token: bos,
      eos_token: eos,
      add_generation_prompt: true,
      fixed_date: (format: string) => format.replace(/%[A-Za-z%]/g, (part) => DATE[part] ?? part),
    });
  } catch (error) {
    throw new KvError(
      'bad-prompt',
      "The model's chat template refuses this conversation.",
      (error as Error).message,
      'Change the messages, or switch the chat template off.',
    );
  }
}

const DATE: Record<string, string> = {
  '%Y': '2024',
  '%m': '07',
  '%d': '26',
  '%b': 'Jul',
  '%B': 'July',
  '%H': '12',
  '%M': '00',
  '%S': '00',
  '%%': '%',
};
