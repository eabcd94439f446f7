import { SceneMenu } from '../setup/PromptBox';
import { parts as text } from '../text/en-lab-parts';
import type { LabPrompt } from './lab-prompt';

/** Which prompt an experiment is about; another one in Run is taken over only when the visitor says so. */
export function PromptLine({ prompt, isRunning }: { prompt: LabPrompt; isRunning: boolean }) {
  const shown = prompt.text.trim().replace(/\s+/g, ' ');
  return (
    <>
      <span className="lab m prompt-line">
        {text.prompt} <SceneMenu /> <span className="q">{shown === '' ? text.noPrompt : shown}</span>
      </span>
      {prompt.isOther && (
        <p className="lab" role="status">
          {text.otherPrompt}{' '}
          <button type="button" className="word" disabled={isRunning} onClick={prompt.take}>
            {text.takePrompt}
          </button>
        </p>
      )}
    </>
  );
}
