import type { SideName } from '../../gpu/kv/config';
import { optionOf, widthParam } from '../../gpu/kv/lane-system';
import { useStore } from '../store';
import { bitsWanted, laneNow, stopFrom } from './bits';
import { setBits, setPair } from './change';
import { sayWords } from './lane-edit';
import { widthsOf } from './widths';
import { wordStops } from './word-stops';

const get = useStore.getState;

function wordOf(side: SideName) {
  const lane = laneNow(get());
  const param = lane.system === undefined ? undefined : widthParam(lane.system, side);
  return param && optionOf(lane, param);
}

/** One stop up or down: the next number of bits, or the system's next word. */
export function nudge(side: SideName, up: boolean): void {
  const widths = widthsOf(laneNow(get()), side);
  if (widths.kind === 'bits') setBits(side, stopFrom(bitsWanted(get())[side], up, widths.stops));
  if (widths.kind !== 'words') return;
  const stops = wordStops(laneNow(get()), side, widths.words, get().model?.headDim ?? 64);
  const next = stops[stops.findIndex(({ word }) => word === wordOf(side)) + (up ? 1 : -1)];
  if (next) sayWords({ [side]: next.word });
}

export function swapWidths(): void {
  const { k, v } = bitsWanted(get());
  const [wordK, wordV] = [wordOf('k'), wordOf('v')];
  if (widthsOf(laneNow(get()), 'k').kind === 'words' && wordK !== undefined && wordV !== undefined) {
    sayWords({ k: wordV, v: wordK });
  } else setPair({ k: v, v: k });
}
