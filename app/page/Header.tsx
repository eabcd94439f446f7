import { runsOnCpu } from '../cpu';
import { canSave, saveRecording } from '../recording/save';
import type { Theme } from '../store';
import { useStore } from '../store';
import { en } from '../text/en';
import { report } from '../text/report';
import { Logo } from '../ui/Icon';
import { sizeText } from '../ui/units';
import { downloadRun } from './download';
import './views.css';

const NEXT: Record<Theme, Theme> = { auto: 'dark', dark: 'light', light: 'auto' };

export function Header({ onModel }: { onModel: () => void }) {
  const text = en.page;
  const set = useStore((s) => s.set);
  return (
    <header className="bar">
      <h1 className="brand">
        <Logo />
        {text.name}
      </h1>
      <ViewNav />
      <span className="gap" />
      <ModelChip onClick={onModel} />
      <button type="button" className="btn" onClick={() => set({ dialog: 'share' })}>
        {text.share}
      </button>
      <ReportButton className="btn ghost" />
      <DownloadButton className="btn ghost" />
      <SaveButton className="btn ghost" />
      <ThemeButton className="btn ghost" />
      <button type="button" className="btn ghost icon" aria-label={text.help} onClick={() => set({ dialog: 'help' })}>
        ?
      </button>
    </header>
  );
}

/** One lane in depth, experiments, or all lanes in a table. */
function ViewNav() {
  const view = useStore((s) => s.view);
  const text = en.views;
  return (
    <nav className="views" aria-label={text.label}>
      {(['run', 'lab', 'compare'] as const).map((id) => (
        <button
          key={id}
          type="button"
          aria-label={text.about[id]}
          aria-current={id === view ? 'page' : undefined}
          onClick={() => useStore.setState({ view: id })}
        >
          {text[id]}
        </button>
      ))}
    </nav>
  );
}

export function DownloadButton({ className }: { className: string }) {
  const hasRun = useStore((s) => s.runInfo !== null && s.recording === null);
  return (
    <button type="button" className={className} disabled={!hasRun} onClick={() => void downloadRun()}>
      {en.page.download}
    </button>
  );
}

/** The run on screen as one file to read. Experiments of the lab have a button of their own. */
export function ReportButton({ className }: { className: string }) {
  const hasRun = useStore((s) => s.runInfo !== null && s.recording === null);
  const isLab = useStore((s) => s.view === 'lab');
  if (isLab) return null;
  return (
    <button
      type="button"
      className={className}
      title={report.saveTitle}
      disabled={!hasRun}
      onClick={() => void import('../report/save-run').then(({ saveRunReport }) => saveRunReport())}
    >
      {report.save}
    </button>
  );
}

/** The run as one file that this page plays again, without its model. */
export function SaveButton({ className }: { className: string }) {
  const can = useStore(canSave);
  return (
    <button type="button" className={className} disabled={!can} onClick={() => void saveRecording()}>
      {en.recording.save}
    </button>
  );
}

/** Goes round: as the system, dark, light. */
export function ThemeButton({ className }: { className: string }) {
  const theme = useStore((s) => s.theme);
  const now = en.page.themeNow(en.page.themes[theme]);
  return (
    <button
      type="button"
      className={className}
      title={now}
      aria-label={now}
      onClick={() => useStore.setState({ theme: NEXT[theme] })}
    >
      {en.page.theme}
    </button>
  );
}

/** Name, size, where it runs; opens the list of models. */
export function ModelChip({ onClick, short = false }: { onClick: () => void; short?: boolean }) {
  const model = useStore((s) => s.model);
  const loading = useStore((s) => s.loading?.name);
  const forked = useStore((s) => s.link.kind === 'forked');
  const isRecording = useStore((s) => s.recording !== null);
  const onCpu = useStore(runsOnCpu);
  const text = en.model.chip;
  const Name = isRecording ? 'span' : 'b';
  return (
    <button
      type="button"
      className="chip"
      aria-label={`${isRecording ? en.recording.chip : en.model.title}: ${model?.name ?? text.none}`}
      onClick={onClick}
    >
      {isRecording && <b>{en.recording.chip}</b>}
      <Name>{model ? (short ? shortName(model.name) : model.name) : loading ? text.loading : text.none}</Name>
      {model && !short && !isRecording && (
        <>
          <span>{sizeText(model.fileBytes)}</span>
          <span>{onCpu ? en.recording.cpuChip : 'WebGPU'}</span>
          <b>{text.live}</b>
          {forked && <span>{en.link.forked}</span>}
        </>
      )}
    </button>
  );
}

/** The size word of a model's name, which is what tells small models apart. */
const shortName = (name: string): string => /\d+(\.\d+)?[MB]\b/i.exec(name)?.[0] ?? name.slice(0, 12);
