import { grouped } from '../draw/figures';
import { RUN_CAP } from '../settings';
import { useStore } from '../store';
import { en } from '../text/en';
import { runTokens } from './reason';
import { SCENES, sceneOf } from './scenes';

/** The prompt: one of the scenes, or the visitor's own text. */
export function PromptBox() {
  const settings = useStore((s) => s.settings);
  const edit = useStore((s) => s.edit);
  const text = en.run;
  const own = (value: string) => edit({ scene: null, text: value, ...freshBits() });
  return (
    <>
      <textarea
        id="prompt"
        className="prompt"
        aria-label={text.prompt}
        placeholder={text.placeholder}
        value={settings.text}
        spellCheck={false}
        onChange={(event) => own(event.target.value)}
      />
      <div className="opt">
        <TokenCount />
        <label>
          <input type="checkbox" checked={settings.chat} onChange={(event) => edit({ chat: event.target.checked })} />
          {text.chat}
        </label>
      </div>
    </>
  );
}

/** Another prompt is another run: it starts at the bits that stand now, without the old log. */
function freshBits() {
  const { foldMoves, settings } = useStore.getState();
  if (settings.moves.length > 0) foldMoves();
  const { lanes, moves } = useStore.getState().settings;
  return { lanes, moves };
}

export function SceneMenu() {
  const scene = useStore((s) => s.settings.scene);
  const edit = useStore((s) => s.edit);
  const text = en.run;
  const choose = (id: string) => {
    const next = sceneOf(id);
    if (!next) return edit({ scene: null });
    edit({ scene: next.id, text: next.text, chat: next.chat, steps: next.steps, ...freshBits() });
  };
  return (
    <select
      className="quiet-select strong"
      aria-label={text.scene}
      value={scene ?? ''}
      onChange={(event) => choose(event.target.value)}
    >
      <option value="">{text.own}</option>
      {(['any', 'pocket'] as const).map((group) => (
        <optgroup key={group} label={text.sceneGroups[group]}>
          {SCENES.filter(({ pocket }) => (pocket === true) === (group === 'pocket')).map(({ id }) => (
            <option key={id} value={id} title={text.scenes[id].about}>
              {text.scenes[id].title}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

function TokenCount() {
  const tokens = useStore(runTokens);
  const hasModel = useStore((s) => s.model !== null);
  const isEmpty = useStore((s) => s.settings.text === '');
  const text = en.run;
  if (tokens !== null)
    return (
      <span className={tokens > RUN_CAP ? 'over' : ''} title={text.tokensTitle}>
        {text.tokens(grouped(tokens), grouped(RUN_CAP))}
      </span>
    );
  return <span>{isEmpty ? '' : hasModel ? text.counting : text.tokensUnknown}</span>;
}
