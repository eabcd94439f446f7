import type { DecodeRule } from '../../gpu/run-types';
import { RUN_CAP } from '../settings';
import { useStore } from '../store';
import { en } from '../text/en';
import { NumberBox } from '../ui/NumberBox';
import { Segment } from '../ui/Segment';

/** Output length and decoding rule. */
export function RunOptions() {
  const { decode, steps } = useStore((s) => s.settings);
  const edit = useStore((s) => s.edit);
  const text = en.run;
  const rule = (patch: Partial<DecodeRule>) => edit({ decode: { ...decode, ...patch } });
  const isSampled = decode.temperature > 0;
  const row = (
    label: string,
    key: 'temperature' | 'topK' | 'topP' | 'minP',
    min: number,
    max: number,
    step: number,
  ) => (
    <div>
      <span>{label}</span>
      <NumberBox
        label={label}
        value={decode[key]}
        {...{ min, max, step }}
        onCommit={(value) => rule({ [key]: value })}
      />
    </div>
  );
  return (
    <div className="form">
      <div>
        <span>
          {text.steps}, {text.stepsUnit}
        </span>
        <NumberBox
          label={text.steps}
          value={steps}
          min={1}
          max={RUN_CAP - 1}
          onCommit={(value) => edit({ steps: value })}
        />
      </div>
      <div>
        <span>{text.decode}</span>
        <Segment
          label={text.decode}
          value={isSampled ? 'sampled' : 'greedy'}
          options={[
            ['greedy', text.greedy],
            ['sampled', text.temperature],
          ]}
          onChange={(value) => rule({ temperature: value === 'greedy' ? 0 : 0.8 })}
        />
      </div>
      {isSampled && (
        <>
          {row(text.temperature, 'temperature', 0.05, 5, 0.05)}
          {row(text.topK, 'topK', 0, 1000, 1)}
          {row(text.topP, 'topP', 0.01, 1, 0.01)}
          {row(text.minP, 'minP', 0, 1, 0.01)}
        </>
      )}
    </div>
  );
}
