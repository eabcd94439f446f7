import { create } from 'zustand';
import type { CacheRow, MechanismRow, WeightRow } from '../../../gpu/lab/experiments/mechanism';
import type { FindingRow, Ratio } from '../../../gpu/lab/mechanism/claim';
import { RATIOS } from '../../../gpu/lab/mechanism/claim';
import { Panel } from '../../draw/Panel';
import { useStore } from '../../store';
import { mechanism as text } from '../../text/en-mechanism';
import { NumberBox } from '../../ui/NumberBox';
import { JobBar } from '../JobBar';
import { rowsOf } from '../jobs';
import '../lab-setup.css';
import { useLabPrompt } from '../lab-prompt';
import { Findings } from '../mechanism/Findings';
import { LayerTable } from '../mechanism/LayerTable';
import '../mechanism/mechanism.css';
import { RatioPlot } from '../mechanism/RatioPlot';
import { PromptLine } from '../PromptLine';
import { SaveRows } from '../SaveRows';
import type { LabSection } from '../section';
import { useJob } from '../use-job';

interface Form {
  bits: number;
  steps: number;
  ratio: Ratio;
}

const useForm = create<Form>()(() => ({ bits: 4, steps: 64, ratio: 'weightSpectral' }));
const edit = (patch: Partial<Form>): void => useForm.setState(patch);
const WIDTHS = [8, 6, 5, 4, 3, 2];
const ofKind = <R extends MechanismRow>(rows: readonly MechanismRow[], kind: R['kind']): R[] =>
  rows.filter((row): row is R => row.kind === kind);

function MechanismPanel() {
  const { bits, steps, ratio } = useForm();
  const prompt = useLabPrompt('mechanism');
  const job = useJob('mechanism', { text: prompt.text, chat: prompt.chat, steps, bits });
  const context = useStore((s) => s.model?.context ?? 1024);
  const rows = rowsOf<MechanismRow>(job);
  const weights = ofKind<WeightRow>(rows, 'weights');
  const caches = ofKind<CacheRow>(rows, 'cache');
  const findings = ofKind<FindingRow>(rows, 'finding');
  const finding = findings.find((one) => one.ratio === ratio);
  const isRunning = job?.state === 'running';
  return (
    <div className="mechanism">
      <Panel title={text.title} note={text.note} className="wide">
        <div className="lab-setup">
          <span className="lab m">
            {text.bits}{' '}
            <select
              className="quiet-select strong"
              aria-label={text.bitsLabel}
              value={bits}
              disabled={isRunning}
              onChange={(event) => edit({ bits: Number(event.target.value) })}
            >
              {WIDTHS.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </span>
          <span className="lab m">
            <NumberBox
              label={text.stepsLabel}
              value={steps}
              min={8}
              max={Math.min(1024, context)}
              onCommit={(next) => !isRunning && edit({ steps: next })}
            />{' '}
            {text.steps}
          </span>
          <PromptLine prompt={prompt} isRunning={isRunning} />
        </div>
        <JobBar id="mechanism" />
        <p className="lab m">{text.explain}</p>
      </Panel>
      <Panel title={text.findingTitle} side={<RatioSelect ratio={ratio} />}>
        {finding ? <Findings finding={finding} bits={bits} /> : <p className="lab m">{text.waiting}</p>}
        {job && <SaveRows job={job} tables={{ weights, cache: caches, findings }} />}
      </Panel>
      <Panel title={text.plotTitle} note={text.plotNote}>
        <RatioPlot {...{ weights, caches, ratio }} />
      </Panel>
      {(weights.length > 0 || caches.length > 0) && (
        <Panel
          title={text.tableTitle}
          note={caches[0] ? text.tableNote(caches[0].tokens, bits) : undefined}
          className="wide"
        >
          <LayerTable {...{ weights, caches }} />
        </Panel>
      )}
    </div>
  );
}

function RatioSelect({ ratio }: { ratio: Ratio }) {
  return (
    <select
      className="quiet-select strong"
      aria-label={text.ratio}
      value={ratio}
      onChange={(event) => edit({ ratio: event.target.value as Ratio })}
    >
      {RATIOS.map((id) => (
        <option key={id} value={id}>
          {text.ratios[id]}
        </option>
      ))}
    </select>
  );
}

export default { id: 'mechanism', order: 60, title: text.nav, Panel: MechanismPanel } satisfies LabSection;
