interface Props<T extends string | number> {
  label: string;
  options: readonly (readonly [T, string])[];
  value: T | null;
  onChange: (value: T) => void;
}

/** Two or three words of which one is on. */
export function Segment<T extends string | number>({ label, options, value, onChange }: Props<T>) {
  return (
    <fieldset className="seg" aria-label={label}>
      {options.map(([id, text]) => (
        <button key={id} type="button" aria-pressed={id === value} onClick={() => onChange(id)}>
          {text}
        </button>
      ))}
    </fieldset>
  );
}
