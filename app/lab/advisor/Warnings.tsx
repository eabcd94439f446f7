import type { KeyFacts } from '../../../gpu/lab/advice/warnings';
import { warningsFor } from '../../../gpu/lab/advice/warnings';
import { Panel } from '../../draw/Panel';
import { useStore } from '../../store';
import { advisor } from '../../text/advisor';

const threadUrl = (seen: string): string => {
  const [repo, thread] = seen.split('#');
  return `https://github.com/${repo}${thread ? `/issues/${thread}` : ''}`;
};

/** What others have met on models of this kind. */
export function Warnings({ facts }: { facts: KeyFacts | null }) {
  const model = useStore((s) => s.model);
  const text = advisor.warnings;
  if (!model) return null;
  const found = warningsFor(model, facts);
  return (
    <Panel title={text.title} note={text.note}>
      {found.length === 0 && <p className="m">{text.none}</p>}
      <ul className="advisor-list">
        {found.map(({ id, title, text: about, seen }) => (
          <li key={id}>
            <b>{title}.</b> {about}{' '}
            <span className="q">
              {text.seen}{' '}
              {seen.map((one, i) => (
                <span key={one}>
                  {i > 0 && ', '}
                  <a href={threadUrl(one)} target="_blank" rel="noreferrer">
                    {one}
                  </a>
                </span>
              ))}
              .
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
