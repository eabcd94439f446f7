import type { ReactNode } from 'react';
import { useState } from 'react';
import { catalogue, find } from '../../gpu/kv/catalog';
import type { CacheConfig, SideName } from '../../gpu/kv/config';
import { isExact } from '../../gpu/kv/config';
import type { Param, ParamValue, TextParam } from '../../gpu/kv/entry';
import { DOMAIN, LANE_PARAMS, SIDE_PARAMS } from '../../gpu/kv/fields';
import { laneWords, ownedWords } from '../../gpu/kv/lane-system';
import { useStore } from '../store';
import { en } from '../text/en';
import { laneNow, nearest } from './bits';
import type { Refusal } from './lane-edit';
import { sayWords } from './lane-edit';
import { ChoiceField, ParamField } from './ParamField';

const SIDES = ['k', 'v'] as const;
const PAIRS: TextParam = {
  ...{ key: 'pairs', title: en.systems.pairs, text: en.systems.pairsText, unit: '', default: 'none' },
  ...{ pattern: 'none|[\\d.,:-]+', example: '0-1:8.4' },
};

/** Every setting of the cache that is not a width: made from the parameters of lanes, sides and codecs. */
export function Advanced() {
  const lane = useStore(laneNow);
  const hasRun = useStore((s) => s.runInfo !== null);
  const [refusal, setRefusal] = useState<Refusal>(null);
  const say: Say = (words) => setRefusal(sayWords(words));
  const owned = lane.system === undefined ? [] : ownedWords(lane.system);
  const free = ({ key }: Param) => !owned.includes(key);
  const words = laneWords(lane);
  return (
    <fieldset className="form" aria-label={en.precision.advanced.title}>
      {[...LANE_PARAMS, PAIRS].filter(free).map((param) => (
        <div key={param.key}>
          <span title={param.text}>{param.title}</span>
          <ParamField param={param} value={words[param.key]} onCommit={(value) => say({ [param.key]: value })} />
        </div>
      ))}
      <Sides title={en.systems.codec} field={(side) => <CodecField lane={lane} side={side} say={say} />} />
      {SIDE_PARAMS.filter(free).map((param) => (
        <SideParam key={param.key} param={param} lane={lane} say={say} value={(side) => sideValue(lane, side, param)} />
      ))}
      <Sides title={en.systems.transform} field={(side) => <TransformField lane={lane} side={side} say={say} />} />
      {ownParams(lane)
        .filter(free)
        .map((param) => (
          <SideParam
            key={param.key}
            param={param}
            lane={lane}
            say={say}
            value={(side) => (has(lane, side, param.key) ? (lane[side].own?.[param.key] ?? param.default) : undefined)}
          />
        ))}
      {refusal && <p role="alert">{refusal}</p>}
      {hasRun && <p className="q">{en.precision.advanced.restart}</p>}
    </fieldset>
  );
}

/** Undefined where the side has no such setting: values are never rotated. */
function sideValue(lane: CacheConfig, side: SideName, { key, default: usual }: Param): ParamValue | undefined {
  if (key === DOMAIN.key && side === 'v') return undefined;
  return lane[side][key as 'group' | 'domain'] ?? usual;
}

type Say = (words: Record<string, ParamValue>) => void;

const has = (lane: CacheConfig, side: SideName, key: string) =>
  find('codec', lane[side].codec).params.some((param) => param.key === key);

/** Settings that the codecs of the lane call their own, each once. */
function ownParams(lane: CacheConfig): readonly Param[] {
  const all = SIDES.flatMap((side) => find('codec', lane[side].codec).params);
  return all.filter((param, i) => all.findIndex(({ key }) => key === param.key) === i);
}

function Sides({ title, text, field }: { title: string; text?: string; field: (side: SideName) => ReactNode }) {
  return (
    <div>
      <span title={text}>{title}</span>
      <span className="pair">
        {SIDES.map((side) => (
          <span key={side}>{field(side)}</span>
        ))}
      </span>
    </div>
  );
}

interface SideParamProps {
  param: Param;
  lane: CacheConfig;
  value: (side: SideName) => ParamValue | undefined;
  say: Say;
}

/** One field for K and one for V; a side that is stored exactly, or whose codec has no such setting, has none. */
function SideParam({ param, lane, value, say }: SideParamProps) {
  const field = (side: SideName) => {
    const now = value(side);
    const mark = side.toUpperCase();
    if (now === undefined || isExact(lane[side])) return <span className="q">{mark} –</span>;
    return (
      <ParamField
        {...{ param, mark }}
        value={now}
        label={`${param.title}, ${mark}`}
        onCommit={(next) => say({ [`${side}.${param.key}`]: next })}
      />
    );
  };
  return <Sides title={param.title} text={param.text} field={field} />;
}

interface FieldProps {
  lane: CacheConfig;
  side: SideName;
  say: Say;
}

/** Under a system only codecs that have its width; without one the width follows the codec. */
function CodecField({ lane, side, say }: FieldProps) {
  const { codec, bits } = lane[side];
  const mark = side.toUpperCase();
  if (isExact(lane[side])) {
    return (
      <span className="q">
        {mark} {en.systems.fp16}
      </span>
    );
  }
  const coders = catalogue.codec.filter((entry) => !entry.bits?.some((width) => Number(width) >= 16));
  const options = coders.filter((entry) => lane.system === undefined || entry.bits?.includes(bits)).map(({ id }) => id);
  const choose = (id: ParamValue) => {
    const widths = find('codec', String(id)).bits?.map(Number) ?? [bits];
    const width = lane.system === undefined ? { [side]: nearest(bits, widths) } : {};
    say({ [`${side}.codec`]: id, ...width });
  };
  return (
    <ChoiceField
      label={`${en.systems.codec}, ${mark}`}
      mark={mark}
      options={options.includes(codec) ? options : [codec, ...options]}
      value={codec}
      onCommit={choose}
    />
  );
}

function TransformField({ lane, side, say }: FieldProps) {
  const now = lane[side].transforms.join('+') || 'none';
  const mark = side.toUpperCase();
  const ids = ['none', ...catalogue.transform.map(({ id }) => id)];
  return (
    <ChoiceField
      label={`${en.systems.transform}, ${mark}`}
      mark={mark}
      options={ids.includes(now) ? ids : [...ids, now]}
      value={now}
      disabled={isExact(lane[side])}
      onCommit={(id) => say({ [`${side}.transform`]: id })}
    />
  );
}
