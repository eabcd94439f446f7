import type { Entry } from '../../gpu/kv/entry';
import { en } from '../text/en';

/** Everything that a system says of itself, in words and links. */
export function AboutSystem({ entry }: { entry: Entry }) {
  const text = en.systems;
  const { facts } = entry;
  const links = [
    [text.links.paper, facts?.paper],
    [text.links.code, facts?.code],
    [text.links.source, entry.source === facts?.paper ? undefined : entry.source],
  ] as const;
  return (
    <section className="about" aria-label={text.about(entry.title)}>
      <p>{entry.text}</p>
      {entry.formula && <p className="mono formula">{entry.formula}</p>}
      <p className="row">
        {links.map(
          ([name, href]) =>
            href && (
              <a key={name} href={href} target="_blank" rel="noreferrer">
                {name}
              </a>
            ),
        )}
      </p>
      {facts && (
        <>
          <p>
            {facts.fidelity === 'exact'
              ? text.exactText
              : text.approximateText(facts.fidelity.approximate.replace(/\.$/, ''))}
          </p>
          <p>
            <b>{text.licence}:</b> {facts.licence}
          </p>
          {facts.published.length > 0 && (
            <>
              <h3>{text.published}</h3>
              <ul>
                {facts.published.map(({ what, numbers, source }) => (
                  <li key={what + numbers}>
                    {what}: <b>{numbers}</b> <span className="q">({source})</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </section>
  );
}
