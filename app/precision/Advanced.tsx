import type { CacheConfig, Side, SideName } from '../../gpu/kv/config';
import { ALONG, GROUP, SCHEME, SINKS, WINDOW } from '../../gpu/kv/fields';
import { RUN_CAP } from '../settings';
import { useStore } from '../store';
import { en } from '../text/en';
import { NumberBox } from '../ui/NumberBox';

/** Settings that shape the cache before a run. */
export function Advanced() {
  const lane = useStore((s) => s.settings.lanes[s.lane - 1]);
  const hasRun = useStore((s) => s.runInfo !== null);
  const edit = useStore((s) => s.editLane);
  const text = en.precision.advanced;
  const keep = (patch: Partial<CacheConfig['keep']>) =>
    edit((config) => ({ ...config, keep: { ...config.keep, ...patch } }));
  return (
    <div className="form">
      <div>
        <span>{text.window}</span>
        <NumberBox
          label={text.window}
          value={lane.keep.window}
          min={WINDOW.min}
          max={RUN_CAP}
          onCommit={(window) => keep({ window })}
        />
      </div>
      <div>
        <span>{text.sinks}</span>
        <NumberBox
          label={text.sinks}
          value={lane.keep.sinks}
          min={SINKS.min}
          max={RUN_CAP}
          onCommit={(sinks) => keep({ sinks })}
        />
      </div>
      <Sides
        label={text.group}
        options={GROUP.choices.map(String)}
        get={(side) => String(side.group)}
        set={(value) => ({ group: value === 'head' ? 'head' : Number(value) })}
      />
      <Sides
        label={text.along}
        options={ALONG.choices as string[]}
        get={(side) => side.along}
        set={(value) => ({ along: value as Side['along'] })}
      />
      <Sides
        label={text.scheme}
        options={SCHEME.choices as string[]}
        get={(side) => side.scheme}
        set={(value) => ({ scheme: value as Side['scheme'] })}
      />
      <Sides
        label={text.hadamard}
        options={['off', 'on']}
        get={(side) => (side.transforms.includes('hadamard') ? 'on' : 'off')}
        set={(value) => ({ transforms: value === 'on' ? ['hadamard'] : [] })}
      />
      <Words
        label={text.prefill}
        value={lane.prefill}
        onChange={(prefill) => edit((config) => ({ ...config, prefill }))}
      />
      <Words label={text.self} value={lane.self} onChange={(self) => edit((config) => ({ ...config, self }))} />
      {hasRun && <p className="q">{text.restart}</p>}
    </div>
  );
}

interface SidesProps {
  label: string;
  options: string[];
  get: (side: Side) => string;
  set: (value: string) => Partial<Side>;
}

/** One menu for K and one for V. */
function Sides({ label, options, get, set }: SidesProps) {
  const lane = useStore((s) => s.settings.lanes[s.lane - 1]);
  const edit = useStore((s) => s.editLane);
  const words = en.precision.advanced as Record<string, string>;
  const change = (name: SideName, value: string) =>
    edit((config) => {
      const side = { ...config[name], ...set(value) };
      // Tokens of one channel have no head to span.
      if (side.along === 'token' && side.group === 'head') side.group = 32;
      return { ...config, [name]: side };
    });
  return (
    <div>
      <span>{label}</span>
      <span className="pair">
        {(['k', 'v'] as const).map((name) => (
          <select
            key={name}
            className="quiet-select"
            aria-label={`${label}, ${name.toUpperCase()}`}
            value={get(lane[name])}
            onChange={(event) => change(name, event.target.value)}
          >
            {options.map((option) => (
              <option key={option} value={option}>
                {name.toUpperCase()} {words[option] ?? option}
              </option>
            ))}
          </select>
        ))}
      </span>
    </div>
  );
}

function Words(props: { label: string; value: 'fp16' | 'quant'; onChange: (value: 'fp16' | 'quant') => void }) {
  const text = en.precision.advanced;
  return (
    <div>
      <span>{props.label}</span>
      <select
        className="quiet-select"
        aria-label={props.label}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value as 'fp16' | 'quant')}
      >
        <option value="quant">{text.quant}</option>
        <option value="fp16">{text.fp16}</option>
      </select>
    </div>
  );
}
