import { useState } from 'react';
import { useStore } from '../store';
import { en } from '../text/en';
import { spanOfSelection } from './prompt-span';

/** Takes what is selected in the prompt's text as a span of tokens. */
export function MarkSelection({ onMark }: { onMark: (span: string) => void }) {
  const [isEmpty, setEmpty] = useState(false);
  const text = en.systems.mark;
  const mark = () => {
    const { prompt, settings } = useStore.getState();
    const box = document.getElementById('prompt');
    const from = box instanceof HTMLTextAreaElement ? box.selectionStart : 0;
    const to = box instanceof HTMLTextAreaElement ? box.selectionEnd : 0;
    const span = prompt && spanOfSelection(prompt.pieces, settings.text, { from, to });
    setEmpty(!span);
    if (span) onMark(span);
  };
  return (
    <div>
      <button type="button" className="btn wrap" onClick={mark}>
        {text.button}
      </button>
      {isEmpty && (
        <span className="q" role="status">
          {text.none}
        </span>
      )}
    </div>
  );
}
