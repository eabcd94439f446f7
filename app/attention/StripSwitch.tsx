import { laneLabel } from '../draw/lanes';
import { Segments } from '../draw/Segments';
import { useStore } from '../store';
import { charts } from '../text/charts';
import type { StripChoice } from './rowStrips';

/** Phone: one strip at a time. */
export function StripSwitch({ choice, onChoose }: { choice: StripChoice; onChoose: (choice: StripChoice) => void }) {
  const lane = useStore((state) => laneLabel(state, state.lane));
  const options: [StripChoice, string][] = [
    ['fp16', charts.fp16],
    ['lane', lane],
    ['difference', 'Δ'],
  ];
  return <Segments label={charts.row.which} options={options} value={choice} onChoose={onChoose} />;
}
