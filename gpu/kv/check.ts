import { KvError } from '../errors';
import { find } from './catalog';
import type { CacheConfig, Side, SideName } from './config';
import { groupSize, isExact, isPreRope } from './config';
import { evictorOf } from './evictors';
import { readValue } from './lane-words';
import { codecOf, transformOf } from './registry';

/** Refuses combinations of allowed values that mean nothing. Throws KvError('bad-config') naming the setting. */
export function checkConfig(config: CacheConfig): void {
  if (config.system !== undefined) find('system', config.system);
  for (const name of ['k', 'v'] as const) checkOwn(name, config[name]);
  checkSide('k', config.k);
  checkSide('v', config.v);
  checkEviction(config);
  checkPlanes(config);
  checkTiles(config);
  if ((config.k.bits === 32) !== (config.v.bits === 32)) {
    throw new KvError('bad-config', 'k=32 and v=32 go together: f32 is there for tests, on both sides at once.');
  }
}

function checkOwn(name: SideName, side: Side): void {
  const { params } = find('codec', side.codec);
  for (const [key, value] of Object.entries(side.own ?? {})) {
    const param = params.find((p) => p.key === key);
    if (!param) throw new KvError('bad-config', `${name}: codec ${side.codec} has no setting "${key}".`);
    readValue(param, `${name}.${key}`, String(value));
  }
}

function checkSide(name: SideName, side: Side): void {
  const codec = find('codec', side.codec);
  if (codec.bits && !codec.bits.includes(side.bits)) {
    throw new KvError(
      'bad-config',
      `${name}=${side.bits} is not possible with codec ${side.codec}; it has ${codec.bits.join(', ')}.`,
    );
  }
  for (const id of side.transforms) find('transform', id);
  if (side.along === 'token' && side.group === 'head') {
    throw new KvError(
      'bad-config',
      `${name}: group=head counts channels, so along=token cannot have it; use 32 or 64.`,
    );
  }
}

/** What codes all heads of a token, or all tokens of a class, needs rows that are together. */
function checkTiles({ k, v, keep, prefill, evict, mix, bulk }: CacheConfig): void {
  if (isPreRope(v)) throw new KvError('bad-config', 'v: domain=preRope is for keys; values have no rotation.');
  if (isPreRope(k) && (k.transforms.length > 0 || codecOf(k.codec).columns || codecOf(k.codec).groups))
    throw new KvError(
      'bad-config',
      'k: domain=preRope goes with neither transforms nor groups over rows: keys are rotated when they are read.',
    );
  if (bulk && (k.along === 'token' || v.along === 'token'))
    throw new KvError(
      'bad-config',
      'along=token is not possible with marked tokens: those of a block share their bits.',
    );
  for (const side of [k, v]) {
    const { tile, columns, groups } = codecOf(side.codec);
    const isAnew = keep.windowRule === 'decodeOnlyFlush' && keep.requantOnFlush === 'on' && keep.sinkRule === 'first';
    if (groups && (!isAnew || prefill !== 'fp16' || evict || mix))
      throw new KvError(
        'bad-config',
        `Codec ${side.codec} has groups over all rows of the cache, which is coded as a whole: it needs prefill=fp16, ` +
          'windowRule=decodeOnlyFlush and requantOnFlush=on, and no rows that leave.',
      );
    if (columns && !mix)
      throw new KvError(
        'bad-config',
        `Codec ${side.codec} codes all tokens of a class together; it needs a system with classes.`,
      );
    if (tile === 'row' && evict)
      throw new KvError(
        'bad-config',
        `Codec ${side.codec} codes all heads of a token together; rows that leave or stay by head leave them apart.`,
      );
  }
}

function checkPlanes(config: CacheConfig): void {
  if (config.mix && config.prefill !== 'fp16')
    throw new KvError('bad-config', 'prefill=quant is not possible: tokens are sorted after an FP16 prompt.');
}

function checkEviction({ evict, mix, prefill }: CacheConfig): void {
  if (!evict) return;
  evictorOf(evict.id);
  if (mix)
    throw new KvError(
      'bad-config',
      'Rows cannot leave a cache whose tokens are sorted into classes.',
      'Classes are made of all tokens, whenever the cache is coded anew.',
      'Take another system with then=.',
    );
  if (prefill !== 'fp16')
    throw new KvError('bad-config', 'prefill=quant is not possible here: what leaves is decided after an FP16 prompt.');
}

/** Refuses what fits no head of `headDim` channels. Throws KvError('bad-config') naming the side and both sizes. */
export function checkForModel(config: CacheConfig, headDim: number): void {
  for (const name of ['k', 'v'] as const) {
    const side = config[name];
    if (isExact(side)) continue;
    const objection = codecOf(side.codec).refuses?.(side, headDim);
    if (objection) throw new KvError('bad-config', `${name}: ${objection}`);
    const { tile, groups } = codecOf(side.codec);
    const isWithinHeads = side.along === 'channel' && tile !== 'row' && !groups;
    if (isWithinHeads && headDim % groupSize(side, headDim) !== 0) {
      throw new KvError(
        'bad-config',
        `${name}: group=${side.group} does not divide this model's head_dim of ${headDim}.`,
        '',
        'Use group=head.',
      );
    }
    for (const id of side.transforms) {
      const why = transformOf(id).refuses(headDim);
      if (why) throw new KvError('bad-config', `${name}: ${why}`);
    }
  }
}
