import cacheWgsl from '../kernels/cache.wgsl?raw';
import freshWgsl from '../kernels/fresh.wgsl?raw';
import halfWgsl from '../kernels/half.wgsl?raw';
import octetWgsl from '../kernels/octet.wgsl?raw';
import packWgsl from '../kernels/pack.wgsl?raw';
import unpackWgsl from '../kernels/unpack.wgsl?raw';
import type { Codec } from './codec';
import type { CacheConfig } from './config';
import { countsInCache, isExact, sideAt } from './config';
import { codecs, transformOf } from './registry';

/** WGSL pieces that the attention hosts splice in: the codecs and transforms of a run, each behind one switch. */
export interface CacheParts {
  read: string;
  write: string;
  fresh: string;
  half: string;
  transform: string;
  /** Ends of channels, for codecs that scale those; empty when none does. */
  columns: string;
  /** Scales of groups that run over rows, for codecs that have such; empty when none does. */
  groups: string;
  /** The two halves of the surveys of those codecs that need one, in the prompt and with every pass; empty when none does. */
  survey: { prompt: string; always: string };
  settle: { prompt: string; always: string };
  /** Numbers of the largest survey. */
  found: number;
}

const SIDES = ['k', 'v'] as const;

/** Ids of the codecs that the lanes of a run may hold rows of; with `live` the uniform one too, for slider moves. */
export function usedCodecs(configs: readonly CacheConfig[], layers: number, live: boolean): string[] {
  const ids = new Set(live ? ['f16', 'uniform'] : ['f16']);
  for (const config of configs)
    for (const name of SIDES) for (let l = 0; l < layers; l++) ids.add(sideAt(config, name, l, layers).codec);
  return [...ids].sort();
}

/** The different lists of transforms in a run; a lane's basis is its place here plus one, 0 = none. */
export function transformChains(configs: readonly CacheConfig[]): string[][] {
  const chains = new Map<string, string[]>();
  for (const config of configs)
    for (const name of SIDES) {
      const { transforms } = config[name];
      if (transforms.length > 0 && (!isExact(config[name]) || countsInCache(config[name])))
        chains.set(transforms.join('+'), transforms);
    }
  return [...chains].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, chain]) => chain);
}

const wgslName = (id: string): string => id.replaceAll('-', '_');

/** Only what a run uses is spliced in, so that a shader does not grow with the registry. */
export function cacheParts(ids: readonly string[], chains: readonly string[][]): CacheParts {
  const used = codecs.map((codec, tag) => ({ codec, tag })).filter(({ codec }) => ids.includes(codec.id));
  const cases = (list: { codec: Codec; tag: number }[], line: (id: string) => string) =>
    list.map(({ codec, tag }) => `    case ${tag}u: { ${line(wgslName(codec.id))} }`).join('\n');
  const octetSwitch = `
fn cache_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  switch (c.codec) {
${cases(used, (id) => `return ${id}_octet(c, slot, head, o);`)}
    default: { return Oct(vec4f(0.0), vec4f(0.0)); }
  }
}`;
  const encodeSwitch = `
fn cache_encode(c: Class, slot: u32, head: u32) {
  switch (c.codec) {
${cases(used, (id) => `${id}_encode(c, slot, head);`)}
    default: { }
  }
}`;
  const shared = used.map(({ codec }) => codec.shared ?? '');
  const half = (list: typeof used, part: 'survey' | 'settle') => {
    if (list.length === 0) return '';
    const any = (some: typeof used) => some.map(({ tag }) => `codec == ${tag}u`).join(' || ') || 'false';
    return `${list.map(({ codec }) => codec.survey?.[part === 'survey' ? 'wgsl' : 'settle']).join('\n')}
const FOUND = ${Math.max(...list.map(({ codec }) => codec.survey?.values ?? 0))}u;
fn is_surveyed(codec: u32) -> bool { return ${any(list)}; }
fn takes_most(codec: u32) -> bool { return ${any(list.filter(({ codec }) => codec.survey?.combine === 'max'))}; }
fn cache_${part}(c: Class${part === 'survey' ? ', head: u32' : ''}) {
  switch (c.codec) {
${cases(list, (id) => (part === 'survey' ? `${id}_survey(c, head);` : `${id}_settle(c);`))}
    default: { }
  }
}`;
  };
  const over = (part: 'columns' | 'groups', params: string) => {
    const list = used.filter(({ codec }) => codec[part]);
    if (list.length === 0) return '';
    const names = params.replaceAll(/: \w+/g, '');
    return `${list.map(({ codec }) => codec[part]).join('\n')}
fn has_${part}(codec: u32) -> bool { return ${list.map(({ tag }) => `codec == ${tag}u`).join(' || ')}; }
fn cache_${part}(c: Class, ${params}) {
  switch (c.codec) {
${cases(list, (id) => `${id}_${part}(c, ${names});`)}
    default: { }
  }
}`;
  };
  const surveyed = used.filter(({ codec }) => codec.survey);
  const always = surveyed.filter(({ codec }) => codec.survey?.when === 'always');
  return {
    read: [octetWgsl, cacheWgsl, unpackWgsl, ...shared, ...used.map(({ codec }) => codec.read), octetSwitch].join('\n'),
    write: [packWgsl, ...used.map(({ codec }) => codec.write), encodeSwitch].join('\n'),
    fresh: freshWgsl,
    half: halfWgsl,
    transform: chains.length > 0 ? transformSwitch(chains) : '',
    columns: over('columns', 'head: u32, channel: u32, ends: vec3f'),
    groups: over('groups', 'first: u32, worker: u32'),
    survey: { prompt: half(surveyed, 'survey'), always: half(always, 'survey') },
    settle: { prompt: half(surveyed, 'settle'), always: half(always, 'settle') },
    found: Math.max(0, ...surveyed.map(({ codec }) => codec.survey?.values ?? 0)),
  };
}

/** D where a compiler cannot tell: software adapters unroll constant loops over `row` and then compile for many seconds. */
const CHANNELS = 'fn channels() -> u32 { return D + (step.lanes >> 31u); }';

function transformSwitch(chains: readonly string[][]): string {
  const ids = [...new Set(chains.flat())].sort();
  const turn = (way: 'forward' | 'inverse') => {
    const cases = chains.map((chain, i) => {
      const order = way === 'forward' ? chain : [...chain].reverse();
      return `    case ${i + 1}u: { ${order.map((id) => `${wgslName(id)}_${way}();`).join(' ')} }`;
    });
    return `fn transform_${way}(chain: u32) {\n  switch (chain) {\n${cases.join('\n')}\n    default: { }\n  }\n}`;
  };
  return [CHANNELS, ...ids.map((id) => transformOf(id).wgsl), turn('forward'), turn('inverse')].join('\n');
}
