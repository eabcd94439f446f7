import { useEffect, useState } from 'react';
import type { Param, ParamValue, RangeParam } from '../../gpu/kv/entry';
import { isChoice, isText } from '../../gpu/kv/entry';
import { en } from '../text/en';
import { NumberBox } from '../ui/NumberBox';

interface Props {
  param: Param;
  value: ParamValue;
  /** The accessible name, where the title alone does not tell fields apart. */
  label?: string;
  /** Before each option of a menu, where there is no room for a label: `K`. */
  mark?: string;
  onCommit: (value: ParamValue) => void;
}

const decimals = 6;
const snapped =
  ({ min, max, step }: RangeParam) =>
  (value: number) =>
    Math.min(max, Number((min + Math.round((value - min) / step) * step).toFixed(decimals)));

/** The control that a parameter describes: a menu, a number, or a short text. */
export function ParamField({ param, value, label = param.title, mark = '', onCommit }: Props) {
  if (isChoice(param)) {
    return <ChoiceField options={param.choices} {...{ label, value, mark, onCommit, title: param.text }} />;
  }
  if (isText(param)) return <TextField {...{ param, label, onCommit }} value={String(value)} />;
  return (
    <NumberBox
      label={label}
      value={Number(value)}
      min={param.min}
      max={param.max}
      step={param.step}
      allow={snapped(param)}
      onCommit={onCommit}
    />
  );
}

interface ChoiceProps {
  label: string;
  title?: string;
  options: readonly ParamValue[];
  value: ParamValue;
  mark?: string;
  disabled?: boolean;
  onCommit: (value: ParamValue) => void;
}

export function ChoiceField({ label, title, options, value, mark = '', disabled, onCommit }: ChoiceProps) {
  const words = en.precision.advanced.words as Record<string, string>;
  return (
    <select
      className="quiet-select"
      aria-label={label}
      value={String(value)}
      {...{ title, disabled }}
      onChange={(event) => onCommit(options.find((option) => String(option) === event.target.value) ?? value)}
    >
      {options.map((option) => (
        <option key={option} value={String(option)}>
          {mark === '' ? '' : `${mark} `}
          {words[option] ?? option}
        </option>
      ))}
    </select>
  );
}

interface TextProps {
  param: Pick<Param, 'text'> & { pattern: string; example: string };
  label: string;
  value: string;
  onCommit: (value: string) => void;
}

/** Taken on Enter or when the field is left; a text of another form is given back. */
export function TextField({ param, label, value, onCommit }: TextProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const commit = () => {
    const fits = new RegExp(`^(?:${param.pattern})$`).test(text);
    if (!fits) setText(value);
    else if (text !== value) onCommit(text);
  };
  return (
    <input
      className="field small wide"
      aria-label={label}
      title={param.text}
      placeholder={param.example}
      spellCheck={false}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}
