import { useState } from 'react';
import { find } from '../../gpu/kv/catalog';
import type { Param } from '../../gpu/kv/entry';
import { isChoice } from '../../gpu/kv/entry';
import { optionOf, ownParams, widthParam } from '../../gpu/kv/lane-system';
import { useStore } from '../store';
import { en } from '../text/en';
import { laneNow } from './bits';
import type { Refusal } from './lane-edit';
import { sayWords } from './lane-edit';
import { MarkSelection } from './MarkSelection';
import { ParamField } from './ParamField';

/** The setting that lets another system code what an eviction leaves. */
const THEN = 'then';
/** The setting that names tokens of the prompt. */
const BULK = 'bulk';

/** The settings that a system calls its own, one field for each of its parameters. */
export function SystemForm({ id }: { id: string }) {
  const lane = useStore(laneNow);
  const [refusal, setRefusal] = useState<Refusal>(null);
  const { title, facts } = find('system', id);
  const text = en.systems;
  const { scaled } = facts ?? {};
  const isScaled = scaled && Object.entries(scaled.values).every(([key, value]) => lane.options?.[key] === value);
  // What codes the rows that stay has settings only once it is chosen.
  const isAlone = (lane.options?.[THEN] ?? 'none') === 'none';
  const own = ownParams(id).filter(({ key }) => !isAlone || !key.startsWith(`${THEN}.`));
  const fields = [...own, ...widthWords(id)];
  if (fields.length === 0 && !scaled) return null;
  return (
    <fieldset className="form" aria-label={text.own(title)}>
      {fields.map((param) => (
        <div key={param.key}>
          <span title={param.text}>{param.title}</span>
          <ParamField
            param={param}
            value={optionOf(lane, param)}
            onCommit={(value) => setRefusal(sayWords({ [param.key]: value }))}
          />
        </div>
      ))}
      {fields.some(({ key }) => key === BULK) && (
        <MarkSelection onMark={(span) => setRefusal(sayWords({ [BULK]: span }))} />
      )}
      {scaled && (
        <div>
          <button
            type="button"
            className="btn wrap"
            aria-pressed={isScaled}
            onClick={() => setRefusal(sayWords(scaled.values))}
          >
            {text.scaled(scaled.text)}
          </button>
          <span className="q">{text.scaledNote}</span>
        </div>
      )}
      {refusal && <p role="alert">{refusal}</p>}
    </fieldset>
  );
}

/** Widths that a word may leave to another setting: the rulers show numbers only, so the word is chosen here. */
function widthWords(id: string): Param[] {
  return (['k', 'v'] as const).flatMap((side) => {
    const param = widthParam(id, side);
    const isOpen = param && isChoice(param) && param.choices.some((word) => /^\D+$/.test(String(word)));
    return isOpen ? [{ ...param, title: en.precision.sides[side].name, text: en.systems.widthWord }] : [];
  });
}
