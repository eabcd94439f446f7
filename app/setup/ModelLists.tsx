import { useEffect, useState } from 'react';
import { MODELS } from '../../gpu/load/models-list';
import type { ModelRef } from '../../workers/protocol';
import { BUNDLED, BUNDLED_BYTES, bundledRef, isBundled } from '../bundled';
import { grouped } from '../draw/figures';
import { forget } from '../engine-model';
import type { RecentModel } from '../saved';
import { forgetRecent, recentModels } from '../saved';
import { useStore } from '../store';
import { en } from '../text/en';
import { sizeText } from '../ui/units';
import { parseHubRef } from './hub-ref';

type Choose = (ref: ModelRef) => void;

/** The model that comes with the page. */
export function BundledModel({ onLoad }: { onLoad: Choose }) {
  const text = en.model;
  return (
    <section aria-label={text.bundled}>
      <h3>{text.bundled}</h3>
      <div className="opt">
        <span>{text.pocket}</span>
        <button type="button" className="word" aria-label={text.loadName(BUNDLED)} onClick={() => onLoad(bundledRef())}>
          {text.loadSize(sizeText(BUNDLED_BYTES))}
        </button>
      </div>
    </section>
  );
}

/** Files that this browser keeps: no download. */
export function KeptModels({ onLoad }: { onLoad: Choose }) {
  const stored = useStore((s) => s.stored).filter(({ name }) => !isBundled(name));
  const text = en.model;
  if (stored.length === 0) return null;
  return (
    <section aria-label={text.kept}>
      <h3>{text.kept}</h3>
      <div className="scroll">
        <table className="plain">
          <tbody>
            {stored.map((model) => (
              <tr key={model.id}>
                <td>
                  {model.name} {model.learned > 0 && <span className="q">{text.withLearned}</span>}
                </td>
                <td>{sizeText(model.bytes)}</td>
                <td>
                  <button
                    type="button"
                    className="word"
                    aria-label={text.loadName(model.name)}
                    onClick={() => onLoad({ kind: 'stored', id: model.id })}
                  >
                    {text.load}
                  </button>
                </td>
                <td>
                  <button
                    type="button"
                    className="word"
                    aria-label={text.forgetName(model.name)}
                    onClick={() => void forget(model.id)}
                  >
                    {text.forget}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Hub models used before that are not kept. */
export function RecentModels({ onAsk }: { onAsk: Choose }) {
  const stored = useStore((s) => s.stored);
  const [recent, setRecent] = useState<RecentModel[]>([]);
  const text = en.model;
  useEffect(() => void recentModels().then(setRecent), []);
  const rows = recent.flatMap((model) => {
    const ref = parseHubRef(model.name);
    return ref && !stored.some((kept) => kept.sha256 === model.sha256) ? [{ model, ref }] : [];
  });
  if (rows.length === 0) return null;
  return (
    <section aria-label={text.recent}>
      <h3>{text.recent}</h3>
      {rows.map(({ model, ref }) => (
        <div className="opt" key={model.name}>
          <span>{model.name}</span>
          <span className="row">
            <button type="button" className="word" aria-label={text.lookName(model.name)} onClick={() => onAsk(ref)}>
              {text.look}
            </button>
            <button
              type="button"
              className="word"
              aria-label={text.forgetName(model.name)}
              onClick={() => {
                setRecent(recent.filter((other) => other !== model));
                void forgetRecent(model.name);
              }}
            >
              {text.forget}
            </button>
          </span>
        </div>
      ))}
    </section>
  );
}

export function ShortList({ onAsk }: { onAsk: Choose }) {
  const text = en.model;
  return (
    <section aria-label={text.short}>
      <div className="scroll">
        <table className="plain">
          <thead>
            <tr>
              <th>{text.short}</th>
              <th>{text.columns.size}</th>
              <th>{text.columns.context}</th>
              <th>{text.columns.licence}</th>
              <th>
                <span className="unseen">{text.look}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {MODELS.map(({ repo, file, bytes, context, licence, notes, checked }) => (
              <tr key={file}>
                <td title={`${repo}/${file}. ${notes}`}>
                  {file.replace(/\.gguf$/i, '')} {checked && <span className="q">{text.checked}</span>}
                </td>
                <td>{sizeText(bytes)}</td>
                <td>{grouped(context)}</td>
                <td>{licence}</td>
                <td>
                  <button
                    type="button"
                    className="word"
                    aria-label={text.lookName(file)}
                    onClick={() => onAsk({ kind: 'hub', repo, file })}
                  >
                    {text.look}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
