import type { Detector } from '../detector';
import { instructionsIn } from '../instructions';

const instruction: Detector = {
  id: 'instruction',
  title: 'Instruction decay',
  text: 'Share of the checkable format instructions in the prompt that this text breaks and the text of FP16 keeps.',
  threshold: 0,
  shadowFails: true,
  absent: (run) =>
    instructionsIn(run.prompt).length === 0 ? 'no-instruction' : run.mode === 'free-running' ? null : 'free-only',
  begin(run, lane) {
    const rules = instructionsIn(run.prompt);
    let before: boolean[] | null = null;
    return ({ texts, ended }) => {
      const broken = (which: number) => rules.map((rule) => rule.broken(texts[which], ended[which]));
      const own = broken(lane);
      before ??= own;
      const base = lane === 0 ? null : broken(0);
      // What was broken before this lane's last move is not the move's fault.
      return own.filter((is, i) => is && !before?.[i] && !base?.[i]).length / rules.length;
    };
  },
};

export default instruction;
