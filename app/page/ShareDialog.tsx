import { useRef, useState } from 'react';
import { LENGTH_MAX, LENGTH_WARN } from '../link';
import { contentOf, shareLink } from '../session';
import { parseHubRef } from '../setup/hub-ref';
import { useStore } from '../store';
import { en } from '../text/en';
import { Modal } from '../ui/Modal';
import { saveRunFile } from './download';

/** The link, whole and selectable, with what it holds and what it lacks. */
export function ShareDialog() {
  const open = useStore((s) => s.dialog === 'share');
  const text = en.share;
  const close = () => useStore.setState({ dialog: null });
  return (
    <Modal title={text.title} open={open} onClose={close} closeText={text.close}>
      {open && <ShareBody />}
    </Modal>
  );
}

function ShareBody() {
  const text = en.share;
  const [note, setNote] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  // Fixed while the dialog is open: a run that goes on does not change the link under the visitor's hand.
  const [{ url, receipt, model }] = useState(() => {
    const { receipt, model } = contentOf(useStore.getState(), true);
    return { url: linkAddress(), receipt, model };
  });
  const isTooLong = url.length > LENGTH_MAX;
  const copy = async () => setNote((await copyText(url)) ? text.copied : selectInstead());
  const selectInstead = () => {
    field.current?.focus();
    field.current?.select();
    return text.copyFailed;
  };
  return (
    <>
      <p className="m">{text.about}</p>
      <p className="m">{receipt ? text.receipt(receipt.steps) : text.noReceipt}</p>
      {!model && <p className="m">{text.noModel}</p>}
      {model && !parseHubRef(model.ref) && <p className="m">{text.localModel(model.ref)}</p>}
      {isTooLong ? (
        <p role="alert">{text.tooLong(url.length, LENGTH_MAX)}</p>
      ) : (
        <textarea ref={field} readOnly aria-label={text.label} value={url} onFocus={(event) => event.target.select()} />
      )}
      {!isTooLong && url.length > LENGTH_WARN && <p role="status">{text.long(url.length)}</p>}
      <div className="row">
        {!isTooLong && (
          <button type="button" className="btn prime" onClick={() => void copy()}>
            {text.copy}
          </button>
        )}
        <button type="button" className={isTooLong ? 'btn prime' : 'btn'} onClick={saveRunFile}>
          {text.save}
        </button>
        <span role="status">{note}</span>
      </div>
    </>
  );
}

export function linkAddress(): string {
  return `${location.origin}${location.pathname}#${shareLink()}`;
}

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
