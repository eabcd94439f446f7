import { useRef } from 'react';
import { canUseCpu } from '../cpu';
import { useNarrow } from '../draw/narrow';
import { report } from '../engine';
import { tokenize } from '../engine-model';
import { play } from '../engine-run';
import { laneName } from '../lane-name';
import { CpuButton } from '../page/Trouble';
import { FILE_KINDS, takeFile } from '../page/take-file';
import { LoadingPanel } from '../setup/LoadingPanel';
import { whyNotRun } from '../setup/reason';
import type { State } from '../store';
import { useStore } from '../store';
import { en } from '../text/en';
import { closeRecording, takeOver } from './open';
import type { ShippedId } from './shipped';
import { SHIPPED, watchShipped } from './shipped';
import './recording.css';

/** What is on screen when it is a recording, why, and the ways to a live run. */
export function RecordingStrip({ onModel }: { onModel: () => void }) {
  const recording = useStore((s) => s.recording);
  const loading = useStore((s) => s.loading !== null);
  const engine = useStore((s) => s.engine);
  const text = en.recording;
  if (!recording) return null;
  const trouble = text.noEngine[engine];
  return (
    <>
      <section className="strip recording" aria-label={text.chip}>
        <div className="recording-what">
          <Title />
          {trouble !== '' && (
            <p role="status">
              <b>{trouble}</b>
            </p>
          )}
        </div>
        <div className="recording-ways">
          {trouble === '' ? (
            <LiveWays onModel={onModel} />
          ) : (
            canUseCpu({ engine }) && (
              <>
                <button type="button" className="btn" onClick={() => useStore.setState({ dialog: 'webgpu' })}>
                  {en.states.noWebgpuHelp}
                </button>
                <CpuButton />
              </>
            )
          )}
          <Others />
          <CloseButton />
        </div>
      </section>
      {loading && (
        <div className="strip">
          <LoadingPanel />
        </div>
      )}
    </>
  );
}

function Title() {
  const shipped = useStore((s) => s.recording?.shipped);
  const what = useStore(lanesOf);
  const facts = useStore(factsOf);
  const narrow = useNarrow();
  const text = en.recording;
  return (
    <p title={`${what}, ${facts}. ${text.rounded}`}>
      {!narrow && `${text.watching} `}
      <b>{narrow ? text.chip : text.word}</b>
      {': '}
      {shipped ? text.shipped[shipped as ShippedId] : what}
      <span className="m recording-facts">, {facts}</span>
    </p>
  );
}

const lanesOf = ({ settings }: State): string =>
  en.recording.lanes(
    settings.lanes.map((lane) => laneName(lane, { k: lane.k.bits, v: lane.v.bits })).join(en.recording.and),
  );

/** `96 steps, 4 slider moves, SmolLM2-135M` */
function factsOf({ settings, recording, model }: State): string {
  const text = en.recording;
  const moves = settings.moves.length > 0 ? [text.moves(settings.moves.length)] : [];
  return [text.steps(recording?.count ?? 0), ...moves, model?.name ?? ''].join(', ');
}

function LiveWays({ onModel }: { onModel: () => void }) {
  const picker = useRef<HTMLInputElement>(null);
  const narrow = useNarrow();
  const hasModel = useStore((s) => s.recording?.own.model != null);
  const text = en.recording;
  const live = () => {
    if (hasModel) return void runLive();
    wantLive(true);
    onModel();
  };
  return (
    <>
      <button type="button" className="btn prime" title={text.liveTitle} onClick={live}>
        {text.live}
      </button>
      <button type="button" className="btn" aria-label={text.load} onClick={() => picker.current?.click()}>
        {narrow ? text.loadShort : text.load}
      </button>
      <input
        ref={picker}
        type="file"
        accept={FILE_KINDS}
        aria-label={text.load}
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          wantLive(false);
          if (file) takeFile(file).catch(report);
        }}
      />
    </>
  );
}

function wantLive(wantsLive: boolean): void {
  const { recording, set } = useStore.getState();
  if (recording) set({ recording: { ...recording, wantsLive } });
}

/** The recording's prompt, precision and moves, on the visitor's model. */
async function runLive(): Promise<void> {
  takeOver();
  await tokenize();
  if (whyNotRun(useStore.getState()) === null) await play();
}

/** A menu: it says its own name, whichever recording plays. */
function Others() {
  const shipped = useStore((s) => s.recording?.shipped ?? '');
  const text = en.recording;
  return (
    <select
      className="quiet-select"
      aria-label={text.others}
      value=""
      onChange={(event) => void watchShipped(event.target.value as ShippedId)}
    >
      <option value="" hidden>
        {text.others}
      </option>
      {SHIPPED.map((id) => (
        <option key={id} value={id} disabled={id === shipped}>
          {text.shipped[id]}
        </option>
      ))}
    </select>
  );
}

function CloseButton() {
  const text = en.recording;
  const narrow = useNarrow();
  const hasOwn = useStore((s) => s.recording !== null && s.recording.own.settings.text !== '');
  const name = hasOwn ? text.closeOwn : text.close;
  return (
    <button type="button" className="btn" aria-label={name} onClick={closeRecording}>
      {narrow ? text.closeShort : name}
    </button>
  );
}
