import { KvError } from '../errors';
import type { LabHost, LabModel, Pass } from './experiment';
import type { TextSettings } from './text';
import { readText, writtenByShadow } from './text';

/** The text that every pass of an experiment is fed: given whole, or written by FP16 in a first pass. */
const WRITE = 'text';

/** What the first pass leaves. */
export interface TextRow {
  kind: 'text';
  tokens: number[];
}

/** The first pass, where there is one, and what later passes say of it. Errors: bad-prompt, context-overflow. */
export function textPass(settings: TextSettings, model: LabModel): { first: Pass[]; after: string[] } {
  readText(settings, model);
  if (settings.promptTokens !== null) return { first: [], after: [] };
  return { first: [{ id: WRITE, title: 'FP16 writes the text' }], after: [WRITE] };
}

/** Rows of that pass; null for every other. Errors: bad-prompt. */
export async function writeText(settings: TextSettings, pass: Pass, host: LabHost): Promise<TextRow[] | null> {
  if (pass.id !== WRITE) return null;
  const tokens = await writtenByShadow(host, readText(settings, host.model).prompt, settings.steps);
  if (tokens.length > 1) return [{ kind: 'text', tokens }];
  throw new KvError(
    'bad-prompt',
    'FP16 ends at once after this prompt; there is nothing to measure.',
    '',
    'Try another prompt.',
  );
}

/** Prompt, and the tokens that follow it in every lane. */
export function fedText(
  settings: TextSettings,
  model: LabModel,
  given: (pass: string) => object[],
): { prompt: number[]; forced: number[]; steps: number } {
  const { prompt, forced } = readText(settings, model);
  const tokens = forced ?? (given(WRITE) as TextRow[])[0].tokens;
  return { prompt, forced: tokens, steps: tokens.length };
}
