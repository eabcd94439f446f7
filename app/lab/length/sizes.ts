import { catalogue } from '../../../gpu/kv/catalog';
import { shadowConfig } from '../../../gpu/kv/config';
import type { Foreseen } from '../../../gpu/kv/footprint-at';
import { footprintAt } from '../../../gpu/kv/footprint-at';
import { presetConfig } from '../../../gpu/kv/lane-system';
import type { ModelSummary } from '../../../gpu/run-types';
import { laneName } from '../../lane-name';
import { bitsAt } from '../../settings';
import type { State } from '../../store';
import { length as text } from '../../text/en-length';

export const LENGTHS = [512, 2048, 8192, 32_768, 131_072] as const;

export interface SizeRow {
  id: string;
  name: string;
  tone: 'fp16' | 'a' | 'other';
  /** At each of LENGTHS; null where settings alone do not say. */
  at: (Foreseen | null)[];
}

/** FP16, the lane on show, and every system at its defaults, the smallest at the greatest length first. */
export function sizeRows({ settings, lane, model }: Pick<State, 'settings' | 'lane' | 'model'>): SizeRow[] {
  if (!model) return [];
  const config = settings.lanes[lane - 1];
  const present = text.size.present(laneName(config, bitsAt(settings, lane, -1)));
  const systems = catalogue.system.map(({ id, title }) => rowOf(id, title, 'other', presetConfig(id), model));
  const last = ({ at }: SizeRow) => at[at.length - 1]?.bytes ?? Number.POSITIVE_INFINITY;
  systems.sort((a, b) => (last(a) === last(b) ? 0 : last(a) - last(b)));
  return [
    rowOf('fp16', text.size.fp16, 'fp16', shadowConfig(), model),
    rowOf('lane', present, 'a', config, model),
    ...systems,
  ];
}

const rowOf = (
  id: string,
  name: string,
  tone: SizeRow['tone'],
  config: Parameters<typeof footprintAt>[0],
  model: ModelSummary,
): SizeRow => ({ id, name, tone, at: LENGTHS.map((tokens) => footprintAt(config, model, tokens)) });
