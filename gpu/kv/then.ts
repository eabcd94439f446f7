import type { Param, ParamValue } from './entry';

/** Composition: the rows that an eviction leaves are coded by another system; `then=kivi4` is short for KIVI with 4 bits. */
const WIDTH = '[a-z0-9_.]{1,8}';
const width = (side: 'k' | 'v', name: string): Param => ({
  key: `then.${side}`,
  title: `Then: ${name}`,
  text: `Width of ${name} in the system that codes what stays; default is that system's own.`,
  unit: 'bits',
  default: 'default',
  pattern: WIDTH,
  example: '4',
});

export const thenParams = (ids: readonly string[]): Param[] => [
  {
    key: 'then',
    title: 'Then',
    text: 'The system that codes the rows that stay; none keeps them in FP16. kivi4 is KIVI with 4 bits, groups and window of 32.',
    unit: '',
    default: 'none',
    choices: ['none', 'kivi4', ...ids],
  },
  width('k', 'keys'),
  width('v', 'values'),
  {
    key: 'then.window',
    title: 'Then: window',
    text: "Window of the system that codes what stays; default is that system's own.",
    unit: 'tokens',
    default: 'default',
    pattern: 'default|[0-9]{1,6}',
    example: '32',
  },
];

/** The composed system and its settings. */
export function thenOptions(values: Readonly<Record<string, ParamValue>>): {
  id: string;
  options: Record<string, ParamValue>;
} {
  const isShort = values.then === 'kivi4';
  const options: Record<string, ParamValue> = isShort ? { k: 4, v: 4, window: 32 } : {};
  for (const key of ['k', 'v', 'window']) {
    const given = values[`then.${key}`];
    if (given !== 'default') options[key] = /^\d+(\.\d+)?$/.test(String(given)) ? Number(given) : given;
  }
  return { id: isShort ? 'kivi' : String(values.then), options };
}
