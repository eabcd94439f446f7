import { KvError } from '../errors';
import type { ReferenceCodec, ReferenceTransform } from './codec';

const byId = <T extends { id: string }>(modules: Record<string, T>): Map<string, T> =>
  new Map(Object.values(modules).map((entry) => [entry.id, entry]));

export const referenceCodecs = byId(
  import.meta.glob<ReferenceCodec>('./codecs/*.ts', { eager: true, import: 'default' }),
);
export const referenceTransforms = byId(
  import.meta.glob<ReferenceTransform>('./transforms/*.ts', { eager: true, import: 'default' }),
);

export function referenceCodec(id: string): ReferenceCodec {
  const codec = referenceCodecs.get(id);
  if (!codec) throw new KvError('internal', `Codec ${id} has no reference.`);
  return codec;
}

export function referenceTransform(id: string): ReferenceTransform {
  const transform = referenceTransforms.get(id);
  if (!transform) throw new KvError('internal', `Transform ${id} has no reference.`);
  return transform;
}
