import type { PublishedClaim } from '../../../gpu/lab/published/claims';
import { CLAIMS, SYSTEM_CLAIMS } from '../../../gpu/lab/published/claims';
import type { SourceId } from '../../../gpu/lab/published/sources';
import { SOURCES } from '../../../gpu/lab/published/sources';
import { Panel } from '../../draw/Panel';
import { tasks as text } from '../../text/en-tasks';

/** Published sentences with their figures and sources. */
export function Claims() {
  return (
    <Panel title={text.claims.title} note={text.claims.note}>
      <div className="claims">
        <List claims={CLAIMS} />
        <List claims={SYSTEM_CLAIMS} />
      </div>
    </Panel>
  );
}

const List = ({ claims }: { claims: PublishedClaim[] }) => (
  <ul>
    {claims.map(({ id, text: sentence, figure, sources, unsure }) => (
      <li key={id}>
        {sentence} <b>{figure}</b>
        {unsure && <span className="m"> ({text.claims.unsure})</span>} <Sources ids={sources} />
      </li>
    ))}
  </ul>
);

/** Links to where figures stand. */
export const Sources = ({ ids }: { ids: readonly SourceId[] }) => (
  <span className="m">
    {ids.map((id, i) => (
      <span key={id}>
        {i > 0 && ', '}
        <a href={SOURCES[id].url} target="_blank" rel="noreferrer">
          {SOURCES[id].title}
        </a>
      </span>
    ))}
  </span>
);
