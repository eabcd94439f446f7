import { KvError } from '../errors';
import type { Codec } from './codec';
import type { CacheConfig } from './config';
import type { Policy } from './policy';
import type { System } from './system';
import type { Transform } from './transform';

type Modules<T> = Record<string, T>;
const list = <T extends { id: string }>(modules: Modules<T>): T[] =>
  Object.values(modules).sort((a, b) => (a.id < b.id ? -1 : 1));

/** The implementations, in the order of their ids; a codec's place in the list is its number in the class table. */
export const codecs = list(import.meta.glob<Codec>('./codecs/*.ts', { eager: true, import: 'default' }));
export const transforms = list(import.meta.glob<Transform>('./transforms/*.ts', { eager: true, import: 'default' }));
export const policies = list(import.meta.glob<Policy>('./policies/*.ts', { eager: true, import: 'default' }));
export const systems = list(import.meta.glob<System>('./systems/*.ts', { eager: true, import: 'default' }));

export function systemOf(id: string): System {
  const system = systems.find((s) => s.id === id);
  if (!system) {
    const known = systems.map((s) => s.id).join(', ') || 'none yet';
    throw new KvError('bad-config', `There is no system called ${id}; known: ${known}.`);
  }
  return system;
}

export function codecOf(id: string): Codec {
  const codec = codecs.find((c) => c.id === id);
  if (!codec) throw new KvError('bad-config', `There is no codec called ${id}.`);
  return codec;
}

export function transformOf(id: string): Transform {
  const transform = transforms.find((t) => t.id === id);
  if (!transform) throw new KvError('bad-config', `There is no transform called ${id}.`);
  return transform;
}

export function policyFor(config: CacheConfig): Policy {
  const policy = policies.find((p) => p.applies(config));
  if (!policy) throw new KvError('bad-config', 'No policy fits this configuration.');
  return policy;
}
