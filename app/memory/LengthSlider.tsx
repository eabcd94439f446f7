import { grouped } from '../draw/figures';
import { useStore } from '../store';
import { en } from '../text/en';
import { megabytes } from '../ui/units';

const LOW = 9;
const HIGH = 17;
const TICKS = ['512', '2k', '8k', '32k', '128k'];

/** 512 to 128k tokens in quarter octaves. */
export function LengthSlider({ length, total, fp16 }: { length: number; total: number; fp16: number }) {
  const text = en.memory;
  const power = Math.log2(length);
  const set = (value: number) => useStore.setState({ length: Math.round(2 ** value) });
  return (
    <div className="length">
      <input
        type="range"
        className="slim"
        min={LOW}
        max={HIGH}
        step={0.25}
        value={power}
        aria-label={text.slider}
        aria-valuetext={text.sliderValue(grouped(length), `${megabytes(total)} MB`, `${megabytes(fp16)} MB`)}
        onChange={(event) => set(Number(event.target.value))}
      />
      <span className="length-ticks" aria-hidden="true">
        {TICKS.map((tick) => (
          <span key={tick}>{tick}</span>
        ))}
      </span>
    </div>
  );
}
