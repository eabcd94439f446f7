import { MODELS } from '../../gpu/load/models-list';
import { isBundled } from '../bundled';
import { useNarrow } from '../draw/narrow';
import { loadModel } from '../engine-model';
import type { State } from '../store';
import { useStore } from '../store';
import { en } from '../text/en';
import { sizeText } from '../ui/units';

/** Pocket is on screen, and its strip has not been put away. */
export const showsPocket = (s: State): boolean =>
  s.pocketStrip && s.recording === null && s.model !== null && isBundled(s.modelRef);

/** What Pocket is, and the way from it to a model that answers questions. */
export function PocketStrip({ onModel }: { onModel: () => void }) {
  const text = en.model.pocketStrip;
  const narrow = useNarrow();
  const [{ repo, file, bytes }] = MODELS;
  const name = file.split('.')[0];
  return (
    <div className="strip">
      <span>{narrow ? text.short : text.what}</span>
      <span className="gap" />
      <button type="button" className="btn" onClick={() => void loadModel({ kind: 'hub', repo, file })}>
        {text.load(narrow ? name.replace(/-Instruct$/, '') : name, sizeText(bytes))}
      </button>
      {!narrow && (
        <button type="button" className="btn ghost" onClick={onModel}>
          {text.others}
        </button>
      )}
      <button type="button" className="word" onClick={() => useStore.setState({ pocketStrip: false })}>
        {en.states.dismiss}
      </button>
    </div>
  );
}
