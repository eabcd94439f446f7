import { useStore } from '../store';
import { en } from '../text/en';
import './lab.css';
import { sections } from './sections';

/** The lab: experiments on the loaded model, one at a time. */
export default function Lab() {
  const chosen = useStore((s) => s.section);
  const hasModel = useStore((s) => s.model !== null && s.recording === null);
  const section = sections.find(({ id }) => id === chosen) ?? sections[0];
  const text = en.lab;
  return (
    <div className="lab-sheet">
      <nav className="lab-nav" aria-label={text.label}>
        {sections.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            aria-current={id === section?.id ? 'page' : undefined}
            onClick={() => useStore.setState({ section: id })}
          >
            {title}
          </button>
        ))}
      </nav>
      <div className="lab-body">
        {!hasModel && (
          <p className="panel lab-note" role="status">
            {text.needsModel}
          </p>
        )}
        {section && <section.Panel key={section.id} />}
      </div>
    </div>
  );
}
