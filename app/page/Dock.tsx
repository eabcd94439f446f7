import type { CacheConfig, SideName } from '../../gpu/kv/config';
import { optionOf, widthParam } from '../../gpu/kv/lane-system';
import { fixed } from '../draw/figures';
import { bitsNow, bitsWanted, laneNow, laneWith, sideEffective } from '../precision/bits';
import { setBits } from '../precision/change';
import { sayWords } from '../precision/lane-edit';
import { laneOwner } from '../precision/lane-words';
import { widthsOf } from '../precision/widths';
import { wordStops } from '../precision/word-stops';
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
  const lane = useStore(laneNow);
  const now = useStore((s) => bitsNow(s)[side]);
  const wanted = useStore((s) => bitsWanted(s)[side]);
  const headDim = useStore((s) => s.model?.headDim ?? 64);
  const effective = useStore((s) => sideEffective(laneWith(s, bitsWanted(s)), side, headDim));
  const text = en.precision;
  const { letter, name } = text.sides[side];
  const widths = widthsOf(lane, side);
  const param = widthParamOf(lane, side);
  const word = param ? optionOf(lane, param) : '';
  return (
    <fieldset className="dock-row" aria-label={text.slider(name)}>
      <b aria-hidden="true">{letter}</b>
      <span className="dock-seg">
        {widths.kind === 'bits' &&
          dockStops(widths.stops).map((bits) => (
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
        {widths.kind === 'words' &&
          wordStops(lane, side, widths.words, headDim).map(({ word: choice }) => (
            <button
              key={choice}
              type="button"
              className="small"
              aria-pressed={choice === word}
              aria-label={`${name} ${choice}`}
              onClick={() => sayWords({ [side]: choice })}
            >
              {choice}
            </button>
          ))}
        {widths.kind === 'fixed' && (
          <span className="dock-fixed">
            {now} {text.bits}. {en.systems.fixed(laneOwner(lane, side))}
          </span>
        )}
      </span>
      <span className="q">
        <b>{fixed(effective)}</b>
        {text.effective.slice(0, 3)}.
      </span>
    </fieldset>
  );
}

const widthParamOf = ({ system }: CacheConfig, side: SideName) =>
  system === undefined ? undefined : widthParam(system, side);

/** The usual stops, or the lane's own widths where it has few of those. */
function dockStops(stops: readonly number[]): readonly number[] {
  const usual = STOPS.filter((bits) => stops.includes(bits));
  return usual.length >= 3 ? usual : [...stops].reverse();
}
