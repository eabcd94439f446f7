import { laneLabel } from '../draw/lanes';
import { useStore } from '../store';
import { charts } from '../text/charts';
import { Segment } from '../ui/Segment';
import type { StripChoice } from './rowStrips';

/** Phone: one strip at a time. */
export function StripSwitch({ choice, onChoose }: { choice: StripChoice; onChoose: (choice: StripChoice) => void }) {
  const lane = useStore((state) => laneLabel(state, state.lane));
  const options: [StripChoice, string][] = [
    ['fp16', charts.fp16],
    ['lane', lane],
    ['difference', 'Δ'],
  ];
  return <Segment label={charts.row.which} options={options} value={choice} onChange={onChoose} />;
}
