import type { Source } from './types';

/** What a model is called everywhere: its file's name. Titles inside files are often the base model's, or empty. */
export const modelName = ({ name }: Pick<Source, 'name'>): string =>
  name.slice(name.lastIndexOf('/') + 1).replace(/\.gguf$/i, '');
