import { useState } from 'react';
import { parseLane } from '../../../gpu/kv/lane';
import type { SensitivityRow } from '../../../gpu/lab/experiments/sensitivity';
import { MetricLegend } from '../../attention/MetricLegend';
import type { HeadAt } from '../../attention/mapLayout';
import { runsOnCpu } from '../../cpu';
import { useNarrow } from '../../draw/narrow';
import { Panel } from '../../draw/Panel';
import { useStore } from '../../store';
import { sensitivity as text } from '../../text/en-sensitivity';
import { NumberBox } from '../../ui/NumberBox';
import { Segment } from '../../ui/Segment';
import { JobBar } from '../JobBar';
import { rowsOf } from '../jobs';
import '../lab-setup.css';
import { useLabPrompt } from '../lab-prompt';
import { openLane } from '../open-lane';
import { PromptLine } from '../PromptLine';
import { SaveRows } from '../SaveRows';
import type { LabSection } from '../section';
import { Compared } from '../sensitivity/Compared';
import { editSensitivity, useSensitivityForm } from '../sensitivity/form';
import { LayerErrors } from '../sensitivity/LayerErrors';
import { PairStrip } from '../sensitivity/PairStrip';
import { comparedRows, layersOf, localRows, mapOf, widthsOf } from '../sensitivity/rows';
import { mapMetric, SideMap } from '../sensitivity/SideMap';
import '../sensitivity/sensitivity.css';
import { useJob } from '../use-job';

const WIDTHS = [8, 6, 5, 4, 3, 2] as const;
const SIDES = ['k', 'v'] as const;
const MEASURES = [
  ['heads', text.measures.heads],
  ['tv', text.measures.tv],
] as const;
const NO_SHAPE = { layers: 30, heads: 9, kvHeads: 3 };

function SensitivityPanel() {
  const form = useSensitivityForm();
  const { bits, measure } = form;
  const prompt = useLabPrompt('sensitivity');
  const onCpu = useStore(runsOnCpu);
  const job = useJob('sensitivity', {
    ...{ text: prompt.text, chat: prompt.chat, steps: form.steps, k: form.k, v: form.v },
    ...(onCpu && { lane: '' }),
  });
  const [hovered, setHovered] = useState<HeadAt | null>(null);
  const model = useStore((s) => s.model);
  const narrow = useNarrow();
  const shape = model ?? NO_SHAPE;
  const rows = rowsOf<SensitivityRow>(job);
  const [local, compared] = [localRows(rows), comparedRows(rows)];
  const isRunning = job?.state === 'running';
  const measured = widthsOf(local);
  const layers = { k: layersOf(local, 'k', bits), v: layersOf(local, 'v', bits) };
  const suggested = compared.find(({ role }) => role === 'suggested');
  const hover = (layer: number | null) => setHovered(layer === null ? null : { layer, head: hovered?.head ?? 0 });
  return (
    <div className="sensitivity">
      <Panel title={text.title} note={text.note} className="set-up">
        <div className="lab-setup">
          <span className="lab m">
            {text.flat} K <BitsSelect side="k" value={form.k} disabled={isRunning} /> V{' '}
            <BitsSelect side="v" value={form.v} disabled={isRunning} />
          </span>
          <span className="lab m">
            <NumberBox
              label={text.stepsLabel}
              value={form.steps}
              min={8}
              max={Math.min(1024, model?.context ?? 1024)}
              onCommit={(steps) => !isRunning && editSensitivity({ steps })}
            />{' '}
            {text.steps}
          </span>
          <PromptLine prompt={prompt} isRunning={isRunning} />
        </div>
        <JobBar id="sensitivity" />
        <p className="lab m">
          {text.explain} {onCpu && text.onCpu}
        </p>
      </Panel>
      <div className="maps">
        {SIDES.map((side) => (
          <Panel key={side} title={text.sidesLong[side]} note={`${bits} bits, ${text.kept[side]}`}>
            <SideMap
              name={text.mapName(text.sidesLong[side], bits, text.measures[measure])}
              values={mapOf(layers[side], measure)}
              onHover={setHovered}
              bars={!narrow}
              {...{ shape, hovered }}
            />
          </Panel>
        ))}
        <Panel
          title={text.layersTitle}
          note={text.layersNote(bits)}
          side={<span className="m">{text.legend}</span>}
          className="layer-errors"
        >
          <LayerErrors {...layers} layers={shape.layers} bits={bits} hovered={hovered?.layer ?? null} onHover={hover} />
          <div className="lab-setup">
            <Segment
              label={text.bits}
              value={bits}
              options={(measured.length > 0 ? measured : [...WIDTHS].reverse()).map((b) => [b, String(b)] as const)}
              onChange={(next) => editSensitivity({ bits: next })}
            />
            <Segment
              label={text.measure}
              options={MEASURES}
              value={measure}
              onChange={(next) => editSensitivity({ measure: next })}
            />
          </div>
          <MetricLegend metric={mapMetric} width={320} />
          <p className="lab m">{text.measureText[measure]}</p>
        </Panel>
      </div>
      <Panel title={text.suggestionTitle} note={text.suggestionNote} className="suggestion">
        <p className="lab m">{text.rule(form.k + form.v)}</p>
        {suggested ? (
          <>
            <PairStrip lane={suggested.lane} hovered={hovered?.layer ?? null} />
            <Compared rows={compared} onOpen={(lane) => openLane(parseLane(lane), prompt)} />
          </>
        ) : (
          <p className="lab m">{text.waiting}</p>
        )}
        {job && <SaveRows job={job} tables={{ layers: local, lanes: compared }} />}
      </Panel>
    </div>
  );
}

function BitsSelect({ side, value, disabled }: { side: 'k' | 'v'; value: number; disabled: boolean }) {
  return (
    <select
      className="quiet-select strong"
      aria-label={text[side]}
      value={value}
      disabled={disabled}
      onChange={(event) => editSensitivity({ [side]: Number(event.target.value) })}
    >
      {WIDTHS.map((bits) => (
        <option key={bits} value={bits}>
          {bits}
        </option>
      ))}
    </select>
  );
}

export default { id: 'sensitivity', order: 50, title: text.nav, Panel: SensitivityPanel } satisfies LabSection;
