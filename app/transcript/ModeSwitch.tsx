import { useStore } from '../store';
import { charts } from '../text/charts';
import { Segment } from '../ui/Segment';

const modes = ['same-prefix', 'free-running'] as const;

/** How the next run feeds its lanes; the run on screen keeps its own mode. */
export function ModeSwitch() {
  const mode = useStore((state) => state.settings.mode);
  const edit = useStore((state) => state.edit);
  const options = modes.map((id) => [id, charts.lanes.modes[id]] as const);
  return (
    <Segment
      label={charts.lanes.mode}
      options={options}
      value={mode}
      onChange={(next) => next !== mode && edit({ mode: next })}
    />
  );
}
