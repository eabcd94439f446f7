import { toPlain } from '../../gpu/errors';
import { checkConfig, checkForModel } from '../../gpu/kv/check';
import { grouped } from '../draw/figures';
import { laneName } from '../lane-name';
import { bitsAt, RUN_CAP } from '../settings';
import type { State } from '../store';
import { en } from '../text/en';

/** Prompt and output tokens of the next run; null while the prompt's tokens are unknown. */
export const runTokens = (s: State): number | null => (s.prompt ? s.prompt.ids.length + s.settings.steps : null);

/** Why Run is not possible, in words, or null. */
export function whyNotRun(s: State): string | null {
  const text = en.run.reasons;
  if (s.recording) return null;
  if (s.engine === 'starting') return text.starting;
  if (s.engine !== 'ready') return text.noEngine;
  if (s.loading) return text.loading;
  if (!s.model) return text.noModel;
  if (s.link.kind === 'opened' && s.wanted && !s.model.sha256.startsWith(s.wanted.sha12)) return text.wrongModel;
  const misfit = misfitOf(s);
  if (misfit) return misfit;
  if (s.settings.text.trim() === '') return text.empty;
  if (s.promptError) return s.promptError.message || text.badPrompt;
  const tokens = runTokens(s);
  if (tokens === null) return text.counting;
  if (tokens > RUN_CAP) return text.overCap(grouped(tokens), grouped(RUN_CAP));
  if (tokens > s.model.context) return text.overContext(grouped(tokens), grouped(s.model.context));
  return null;
}

/** A cache setting that this model's heads cannot have, in the words of the check. */
function misfitOf(s: State): string | null {
  const { lanes } = s.settings;
  for (const [i, lane] of lanes.entries()) {
    try {
      checkConfig(lane);
      if (s.model) checkForModel(lane, s.model.headDim);
    } catch (error) {
      const { message, next } = toPlain(error);
      const who = lanes.length > 1 ? `${laneName(lane, bitsAt(s.settings, i + 1, -1))}: ` : '';
      return `${who}${message} ${next}`.trim();
    }
  }
  return null;
}
