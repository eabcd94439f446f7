import type { Theme } from '../store';
import { useStore } from '../store';
import { en } from '../text/en';
import { Logo } from '../ui/Icon';
import { sizeText } from '../ui/units';
import { downloadRun } from './download';

const NEXT: Record<Theme, Theme> = { auto: 'dark', dark: 'light', light: 'auto' };

export function Header({ onModel }: { onModel: () => void }) {
  const text = en.page;
  const theme = useStore((s) => s.theme);
  const hasRun = useStore((s) => s.runInfo !== null);
  const set = useStore((s) => s.set);
  return (
    <header className="bar">
      <h1 className="brand">
        <Logo />
        {text.name}
      </h1>
      <span className="gap" />
      <ModelChip onClick={onModel} />
      <button type="button" className="btn" onClick={() => set({ dialog: 'share' })}>
        {text.share}
      </button>
      <button type="button" className="btn ghost" disabled={!hasRun} onClick={() => void downloadRun()}>
        {text.download}
      </button>
      <button
        type="button"
        className="btn ghost"
        title={text.themeNow(text.themes[theme])}
        aria-label={text.themeNow(text.themes[theme])}
        onClick={() => set({ theme: NEXT[theme] })}
      >
        {text.theme}
      </button>
      <button type="button" className="btn ghost icon" aria-label={text.help} onClick={() => set({ dialog: 'help' })}>
        ?
      </button>
    </header>
  );
}

/** Name, size, where it runs; opens the list of models. */
export function ModelChip({ onClick, short = false }: { onClick: () => void; short?: boolean }) {
  const model = useStore((s) => s.model);
  const loading = useStore((s) => s.loading?.name);
  const forked = useStore((s) => s.link.kind === 'forked');
  const text = en.model.chip;
  return (
    <button
      type="button"
      className="chip"
      aria-label={`${en.model.title}: ${model?.name ?? text.none}`}
      onClick={onClick}
    >
      <b>{model ? (short ? shortName(model.name) : model.name) : loading ? text.loading : text.none}</b>
      {model && !short && (
        <>
          <span>{sizeText(model.fileBytes)}</span>
          <span>WebGPU</span>
          <b>{text.live}</b>
          {forked && <span>{en.link.forked}</span>}
        </>
      )}
    </button>
  );
}

/** The size word of a model's name, which is what tells small models apart. */
const shortName = (name: string): string => /\d+(\.\d+)?[MB]\b/i.exec(name)?.[0] ?? name.slice(0, 12);
