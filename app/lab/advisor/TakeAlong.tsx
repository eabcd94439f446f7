import { useState } from 'react';
import type { CacheConfig } from '../../../gpu/kv/config';
import type { EngineAnswer } from '../../../gpu/lab/engines/list';
import { answersFor } from '../../../gpu/lab/engines/list';
import { Panel } from '../../draw/Panel';
import { copyText } from '../../page/ShareDialog';
import { advisor } from '../../text/advisor';

/** The same cache in engines that people run models with: what each really offers, and how to measure it there. */
export function TakeAlong({ name, config, choice }: { name: string; config: CacheConfig; choice: React.ReactNode }) {
  const text = advisor.engines;
  return (
    <Panel title={text.title} note={text.note(name)} side={choice}>
      <div className="advisor-scroll">
        <table className="plain engine-table">
          <thead>
            <tr>
              <th scope="col">{text.engine}</th>
              <th scope="col">{text.settings}</th>
              <th scope="col">{text.check}</th>
            </tr>
          </thead>
          <tbody>
            {answersFor(config).map((answer) => (
              <Answer key={answer.engine.id} {...answer} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Answer({ engine, offer, why, check, whyNoCheck }: EngineAnswer) {
  const text = advisor.engines;
  return (
    <tr>
      <th scope="row">
        {engine.title}
        <small>
          <a href={engine.source} target="_blank" rel="noreferrer">
            {text.source(engine.version, engine.checked)}
          </a>
        </small>
      </th>
      <td>
        {offer ? (
          <>
            <Lines lines={offer.lines} name={engine.title} />
            <small>
              {text[offer.fit]}. {offer.note}
            </small>
          </>
        ) : (
          <small>
            <b>{text.notOffered}</b> {why}
          </small>
        )}
      </td>
      <td>
        {check && <Lines lines={check.lines} name={engine.title} />}
        {offer && (
          <small>
            {!check && <b>{text.noCheck} </b>}
            {check ? check.note : whyNoCheck}
          </small>
        )}
      </td>
    </tr>
  );
}

function Lines({ lines, name }: { lines: readonly string[]; name: string }) {
  const text = advisor.engines;
  const [copied, setCopied] = useState(false);
  const copy = async () => setCopied(await copyText(lines.join('\n')));
  return (
    <div className="engine-lines">
      <pre>{lines.join('\n')}</pre>
      <button type="button" className="word" aria-label={text.copyTitle(name)} onClick={() => void copy()}>
        {copied ? text.copied : text.copy}
      </button>
    </div>
  );
}
