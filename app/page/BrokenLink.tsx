import { unpackText } from '../link-text';
import { ownWork } from '../session';
import { useStore } from '../store';
import { en } from '../text/en';
import { Crossed, Logo } from '../ui/Icon';

/** A link that cannot be opened gets this page and nothing else: no demo, no guess. */
export function BrokenLink() {
  const link = useStore((s) => s.link);
  const text = en.link;
  if (link.kind !== 'broken') return null;
  const reason = text.reasons[link.reason.code];
  return (
    <main className="broken">
      <header className="bar">
        <h1 className="brand">
          <Logo />
          {en.page.name}
        </h1>
      </header>
      <section className="trouble" role="alert">
        <Crossed />
        <div className="say">{reason.what}</div>
        <p>{reason.why(link.reason.detail)}</p>
        <p>{text.next}</p>
        <div className="row">
          <button type="button" className="btn prime" onClick={ownWork}>
            {text.own}
          </button>
        </div>
        <h2 className="lab">{text.read}</h2>
        {link.read.length === 0 && <p>{text.nothing}</p>}
        <dl className="facts">
          {link.read.map(([key, value], i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a damaged link may repeat a key
            <Field key={i} name={text.fields[key] ?? key} value={key === 'z' ? readable(value) : value} />
          ))}
        </dl>
      </section>
    </main>
  );
}

function Field({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** The visitor's text where the packed form survived. */
function readable(packed: string): string {
  try {
    return unpackText(packed);
  } catch {
    return packed;
  }
}
