import type { CacheConfig } from '../kv/config';
import { parseLane } from '../kv/lane';
import { LocalErrors } from '../measure/local-errors';
import type { RunSpec } from '../run-types';
import type { LabHost, LabModel, RunHow } from './experiment';

/** A lane that codes one side at one width in every layer and leaves the other side FP16. Errors: bad-config. */
export function oneSided(words: string, { layers }: LabModel['summary'], side: 'k' | 'v', bits: number): CacheConfig {
  const pair = side === 'k' ? `${bits}.16` : `16.${bits}`;
  return parseLane(`${words} pairs=0-${layers - 1}:${pair}`);
}

/** Local errors of a run's lanes, every layer on its own. */
export async function localErrors(host: LabHost, spec: RunSpec, how: RunHow = {}): Promise<LocalErrors> {
  const { layers, heads } = host.model.summary;
  const errors = new LocalErrors(layers, heads);
  await host.run({ ...spec, isolate: true, heads: true }, { ...how, onFrame: (frame) => errors.take(frame) });
  return errors;
}
