interface Props<T extends string> {
  label: string;
  options: readonly (readonly [T, string])[];
  value: T;
  onChoose: (value: T) => void;
}

/** A few exclusive choices side by side; the pressed one is ink. */
export function Segments<T extends string>({ label, options, value, onChoose }: Props<T>) {
  return (
    <fieldset className="seg" aria-label={label}>
      {options.map(([id, text]) => (
        <button key={id} type="button" aria-pressed={id === value} onClick={() => onChoose(id)}>
          {text}
        </button>
      ))}
    </fieldset>
  );
}
