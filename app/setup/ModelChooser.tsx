import { useEffect, useRef, useState } from 'react';
import type { PlainError } from '../../gpu/errors';
import { toPlain } from '../../gpu/errors';
import type { Inspection, ModelRef } from '../../workers/protocol';
import { runsOnCpu } from '../cpu';
import { inspect, loadModel, refName } from '../engine-model';
import { FILE_KINDS, takeRunFile } from '../page/take-file';
import { useStore } from '../store';
import { en } from '../text/en';
import { Estimate } from './Estimate';
import { parseHubRef, readHubRef } from './hub-ref';
import type { LocalModel } from './local-model';
import { localModel } from './local-model';
import { BundledModel, KeptModels, RecentModels, ShortList } from './ModelLists';
import './setup.css';

type Look =
  | { kind: 'none' }
  | { kind: 'asking'; name: string }
  | { kind: 'seen'; ref: ModelRef; name: string; inspection: Inspection }
  | { kind: 'refused'; name: string; error: PlainError };

/** Ways to a model: a file, the hub, what this browser keeps. Nothing large is fetched before its cost was shown. */
export function ModelChooser({ onLoading }: { onLoading?: () => void }) {
  const [look, setLook] = useState<Look>({ kind: 'none' });
  const [local, setLocal] = useState<LocalModel | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const onCpu = useStore(runsOnCpu);
  const text = en.model;
  useEffect(() => void localModel().then(setLocal), []);

  const load = (ref: ModelRef) => {
    void loadModel(ref);
    onLoading?.();
  };
  const ask = async (ref: ModelRef) => {
    const name = refName(ref);
    setLook({ kind: 'asking', name });
    try {
      const inspection = await inspect(ref);
      // A file that is already here and fits needs no second click.
      if (ref.kind === 'file' && inspection.fits) return load(ref);
      setLook({ kind: 'seen', ref, name, inspection });
    } catch (error) {
      setLook({ kind: 'refused', name, error: toPlain(error) });
    }
  };

  const choose = async (file: File) => {
    if (await takeRunFile(file)) onLoading?.();
    else await ask({ kind: 'file', file });
  };

  if (look.kind === 'seen') {
    const { ref, inspection } = look;
    return (
      <Estimate
        name={look.name}
        inspection={inspection}
        onLoad={() => load(ref)}
        onBack={() => setLook({ kind: 'none' })}
      />
    );
  }
  return (
    <div className="chooser">
      <div className="row">
        <button type="button" className="btn prime" onClick={() => picker.current?.click()}>
          {text.file}
        </button>
        <span className="m lab">{text.dropHint}</span>
        {local && (
          <>
            <button
              type="button"
              className="btn"
              onClick={() => load({ kind: 'url', url: local.url, name: local.name })}
            >
              {text.local(local.name)}
            </button>
            <span className="m lab">{text.localHint}</span>
          </>
        )}
        <input
          ref={picker}
          type="file"
          accept={FILE_KINDS}
          hidden
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) void choose(file);
          }}
        />
      </div>
      <HubField onAsk={ask} onBad={(error) => setLook({ kind: 'refused', name: '', error })} />
      {look.kind === 'asking' && <p role="status">{text.looking}</p>}
      {look.kind === 'refused' && <Refusal error={look.error} />}
      <BundledModel onLoad={load} />
      <KeptModels onLoad={load} />
      <RecentModels onAsk={ask} />
      {!onCpu && <ShortList onAsk={ask} />}
    </div>
  );
}

function HubField({ onAsk, onBad }: { onAsk: (ref: ModelRef) => void; onBad: (error: PlainError) => void }) {
  const wanted = useStore((s) => s.wanted?.ref ?? '');
  const [value, setValue] = useState(parseHubRef(wanted) ? wanted : '');
  const text = en.model;
  return (
    <form
      className="row hub"
      onSubmit={(event) => {
        event.preventDefault();
        try {
          onAsk(readHubRef(value));
        } catch (error) {
          onBad(toPlain(error));
        }
      }}
    >
      <label htmlFor="hub-ref" className="lab m">
        {text.hub}
      </label>
      <input
        id="hub-ref"
        className="field hub-field"
        placeholder={text.hubLabel}
        value={value}
        onChange={(event) => setValue(event.target.value)}
      />
      <button type="submit" className="btn" disabled={value.trim() === ''}>
        {text.look}
      </button>
    </form>
  );
}

export function Refusal({ error }: { error: PlainError }) {
  return (
    <p className="fault" role="alert">
      <b>{error.message}</b>{' '}
      <span>
        {error.why} {error.next}
      </span>
    </p>
  );
}
