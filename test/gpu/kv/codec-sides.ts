import { Arena } from '../../../gpu/kv/arena';
import type { Codec } from '../../../gpu/kv/codec';
import type { Side } from '../../../gpu/kv/config';
import { groupSize } from '../../../gpu/kv/config';
import type { ParamValue } from '../../../gpu/kv/entry';
import { isChoice, isText } from '../../../gpu/kv/entry';
import { ALONG, GROUP, SCHEME } from '../../../gpu/kv/fields';

/** Own settings of a codec, one away from its defaults at a time: every choice, and both ends and the middle of a range. */
export function ownSettings({ params }: Pick<Codec, 'params'>): Record<string, ParamValue>[] {
  const values = params.flatMap((param) => {
    if (isText(param)) return [];
    const { key } = param;
    if (isChoice(param)) return param.choices.map((value) => [key, value] as const);
    const middle = param.min + Math.round((param.max - param.min) / param.step / 2) * param.step;
    return [param.min, Number(middle.toFixed(6)), param.max].map((value) => [key, value] as const);
  });
  const others = values.filter(([key, value]) => params.find((param) => param.key === key)?.default !== value);
  return [{}, ...others.map(([key, value]) => ({ [key]: value }))];
}

/**
 * Every side of a codec at one width for heads of D channels: all groupings it does not refuse with its own settings at their
 * defaults, and each of its own settings with the first grouping that goes with it. Sides that the shaders cannot tell apart
 * are tried once.
 */
export function sidesOf(codec: Codec, bits: number, headDim: number): Side[] {
  const groupings = (ALONG.choices as Side['along'][]).flatMap((along) =>
    (SCHEME.choices as Side['scheme'][]).flatMap((scheme) =>
      (GROUP.choices as Side['group'][]).map((group) => ({ along, scheme, group })),
    ),
  );
  const sides = ownSettings(codec).flatMap((own) => {
    const fitting = groupings
      .map(
        (grouping): Side => ({
          codec: codec.id,
          bits,
          transforms: [],
          ...grouping,
          ...(Object.keys(own).length === 0 ? {} : { own }),
        }),
      )
      .filter((side) => isPossible(codec, side, headDim));
    const first = fitting.findIndex(({ group }) => group === 32);
    return Object.keys(own).length === 0 ? fitting : fitting.slice(Math.max(first, 0)).slice(0, 1);
  });
  return [...new Map(sides.map((side) => [shaderWords(side, headDim), side])).values()];
}

function isPossible(codec: Codec, side: Side, headDim: number): boolean {
  if (codec.refuses?.(side, headDim)) return false;
  if (side.along === 'token') return side.group !== 'head';
  if (codec.tile === 'row' || codec.groups) return true;
  return headDim % groupSize(side, headDim) === 0;
}

/** All that a shader knows of a side. */
function shaderWords(side: Side, headDim: number): string {
  const arena = new Arena([{ codes: 0, scales: 0 }], 1, headDim);
  const { layers } = arena.add(() => side, 1);
  return JSON.stringify([[...arena.table(0)], layers[0].layout]);
}

export const nameOf = ({ bits, along, scheme, group, own }: Side): string =>
  `${bits} bits ${scheme} ${along} ${group} ${JSON.stringify(own ?? {})}`;
