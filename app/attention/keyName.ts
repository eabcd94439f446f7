import { frames } from '../frames';
import type { State } from '../store';

/** The token at a cache position as text: a prompt token, or the one a lane was fed. Spaces trimmed, line ends shown. */
export function keyName(state: Pick<State, 'prompt' | 'lane'>, key: number): string {
  const prompt = frames.info?.promptTokens ?? state.prompt?.ids.length ?? 0;
  const piece = key < prompt ? state.prompt?.pieces[key] : frames.get(key - prompt)?.pieces[state.lane];
  const text = (piece ?? '').replace(/\n/g, '↵').trim();
  return text === '' ? (piece ? '·' : String(key)) : text;
}
