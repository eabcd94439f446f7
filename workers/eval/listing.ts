import { catalogue } from '../../gpu/kv/catalog';
import { CONFIG_PARAMS } from '../../gpu/kv/schema';

/** `--list`: everything a lane can be made of. */
export function listing(): object {
  const { codec, transform, policy, system } = catalogue;
  return { version: 1, lane: CONFIG_PARAMS, codecs: codec, transforms: transform, policies: policy, systems: system };
}
