import { en } from '../text/en';
import { SHIPPED, watchShipped } from './shipped';

/** The page's recordings, one button each. */
export function ShippedList() {
  const text = en.recording;
  return (
    <section aria-label={text.others}>
      <h3>{text.others}</h3>
      {SHIPPED.map((id) => (
        <div className="opt" key={id}>
          <span>{text.shipped[id]}</span>
          <button
            type="button"
            className="word"
            aria-label={text.watchName(text.shipped[id])}
            onClick={() => void watchShipped(id)}
          >
            {text.play}
          </button>
        </div>
      ))}
    </section>
  );
}
