import cacheWgsl from '../kernels/cache.wgsl?raw';
import freshWgsl from '../kernels/fresh.wgsl?raw';
import halfWgsl from '../kernels/half.wgsl?raw';
import octetWgsl from '../kernels/octet.wgsl?raw';
import { codecs, transforms } from './registry';

/** WGSL pieces that the attention hosts splice in: the codecs behind one switch each, and the transform. */
export interface CacheParts {
  read: string;
  write: string;
  fresh: string;
  half: string;
  transform: string;
}

/** All codecs are spliced in (f32 only into test runs), so that a move to another width never compiles anything. */
export function cacheParts(f32Rows: boolean, transform: boolean): CacheParts {
  const used = codecs.map((codec, tag) => ({ codec, tag })).filter(({ codec }) => f32Rows || codec.id !== 'f32');
  const cases = (line: (id: string) => string) =>
    used.map(({ codec, tag }) => `    case ${tag}u: { ${line(codec.id)} }`).join('\n');
  const octetSwitch = `
fn cache_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  switch (c.codec) {
${cases((id) => `return ${id}_octet(c, slot, head, o);`)}
    default: { return Oct(vec4f(0.0), vec4f(0.0)); }
  }
}`;
  const encodeSwitch = `
fn cache_encode(c: Class, slot: u32, head: u32) {
  switch (c.codec) {
${cases((id) => `${id}_encode(c, slot, head);`)}
    default: { }
  }
}`;
  const turn = transforms
    .map((t) => t.wgsl)
    .concat(`fn transform_forward() { hadamard_forward(); }\nfn transform_inverse() { hadamard_inverse(); }`)
    .join('\n');
  return {
    read: [octetWgsl, cacheWgsl, ...used.map(({ codec }) => codec.read), octetSwitch].join('\n'),
    write: [...used.map(({ codec }) => codec.write), encodeSwitch].join('\n'),
    fresh: freshWgsl,
    half: halfWgsl,
    transform: transform ? turn : '',
  };
}
