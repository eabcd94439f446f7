import { effectiveBits, footprint } from '../../gpu/kv/footprint';
import { frames } from '../frames';
import { bitsNow, bitsWanted, laneWith } from '../precision/bits';
import type { State } from '../store';
import { cursorStep } from '../use-frames';

export interface MemoryFigures {
  kind: 'allocated' | 'planned' | 'preview';
  tokens: number;
  k: number;
  v: number;
  total: number;
  fp16: number;
  effective: number;
}

/** The lane's bytes: as the engine reports them at the cursor, or foreseen before a run and while a slider is held. */
export function memoryNow(s: State): MemoryFigures | null {
  if (!s.model) return null;
  const [now, wanted] = [bitsNow(s), bitsWanted(s)];
  const isDragged = now.k !== wanted.k || now.v !== wanted.v;
  const frame = frames.get(cursorStep(s.cursor));
  const step = frame?.lanes[s.lane];
  if (frame && step && !isDragged && s.edits === s.runEdits) {
    const { k, v, total, fp16 } = step.bytes;
    return {
      kind: 'allocated',
      tokens: frame.position + 1,
      k,
      v,
      total,
      fp16,
      effective: step.effectiveBits.packedMean,
    };
  }
  const planned = Math.max(1, (s.prompt?.ids.length ?? 0) + s.settings.steps);
  const tokens = frame && isDragged ? frame.position + 1 : planned;
  const lane = laneWith(s, wanted);
  const f = footprint(lane, s.model, tokens);
  const effective = effectiveBits(lane, s.model, tokens).packedMean;
  return {
    kind: isDragged ? 'preview' : 'planned',
    tokens,
    k: f.k.total,
    v: f.v.total,
    total: f.total,
    fp16: f.fp16,
    effective,
  };
}

/** The same at a length of the visitor's choice: a formula, not a measurement. */
export function memoryAt(s: State, tokens: number): { total: number; fp16: number } | null {
  return s.model ? footprint(laneWith(s, bitsWanted(s)), s.model, tokens) : null;
}
