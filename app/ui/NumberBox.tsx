import { useEffect, useState } from 'react';

interface Props {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  className?: string;
  onCommit: (value: number) => void;
  /** Snaps or refuses what was typed; the nearest possible value comes back. */
  allow?: (value: number) => number;
}

/** A number that is taken on Enter or when the field is left, and put into range then. */
export function NumberBox({ label, value, min, max, step = 1, className = '', onCommit, allow }: Props) {
  const [text, setText] = useState(String(value));
  useEffect(() => setText(String(value)), [value]);
  const commit = () => {
    const typed = Number(text.replace(',', '.'));
    const inRange = Math.min(max, Math.max(min, Number.isFinite(typed) && text.trim() !== '' ? typed : value));
    const stepped = step === 1 ? Math.round(inRange) : inRange;
    const next = allow ? allow(stepped) : stepped;
    setText(String(next));
    if (next !== value) onCommit(next);
  };
  return (
    <input
      className={`field small ${className}`}
      type="number"
      aria-label={label}
      {...{ min, max, step, value: text }}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}
