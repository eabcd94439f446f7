import type { SideName } from '../../gpu/kv/config';
import { fixed } from '../draw/figures';
import { bitsNow, bitsWanted, laneWith, sideEffective } from '../precision/bits';
import { setBits } from '../precision/change';
import { RunState } from '../setup/RunPanel';
import { Scrub } from '../setup/Scrub';
import { RunButton, StepButton } from '../setup/Transport';
import { useStore } from '../store';
import { en } from '../text/en';

const STOPS = [16, 8, 4, 3, 2];

/** Bits and transport under the thumb. */
export function Dock() {
  const hasRun = useStore((s) => s.runInfo !== null);
  return (
    <section className="dock" aria-label={en.page.sections.dock}>
      <DockRow side="k" />
      <DockRow side="v" />
      <div className="dock-transport">
        <RunButton iconOnly />
        <StepButton />
        {hasRun ? <Scrub /> : <RunState />}
      </div>
    </section>
  );
}

function DockRow({ side }: { side: SideName }) {
  const now = useStore((s) => bitsNow(s)[side]);
  const wanted = useStore((s) => bitsWanted(s)[side]);
  const headDim = useStore((s) => s.model?.headDim ?? 64);
  const effective = useStore((s) => sideEffective(laneWith(s, bitsWanted(s)), side, headDim));
  const text = en.precision;
  const { letter, name } = text.sides[side];
  return (
    <fieldset className="dock-row" aria-label={text.slider(name)}>
      <b aria-hidden="true">{letter}</b>
      <span className="dock-seg">
        {STOPS.map((bits) => (
          <button
            key={bits}
            type="button"
            className={bits === wanted && bits !== now ? 'wanted' : ''}
            aria-pressed={bits === now}
            aria-label={`${name} ${bits} ${text.bits}`}
            onClick={() => setBits(side, bits)}
          >
            {bits}
          </button>
        ))}
      </span>
      <span className="q">
        <b>{fixed(effective)}</b>
        {text.effective.slice(0, 3)}.
      </span>
    </fieldset>
  );
}
