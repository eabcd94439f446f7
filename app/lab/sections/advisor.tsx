import { useEffect, useRef } from 'react';
import { parseLane } from '../../../gpu/kv/lane';
import { grouped } from '../../draw/figures';
import { Panel } from '../../draw/Panel';
import { useStore } from '../../store';
import { advisor } from '../../text/advisor';
import '../advisor/advisor.css';
import { AdvisorForm } from '../advisor/AdvisorForm';
import { Findings } from '../advisor/Findings';
import { Matrix } from '../advisor/Matrix';
import { ProposalTable } from '../advisor/ProposalTable';
import { measuredOf, nameOf } from '../advisor/results';
import { TakeAlong } from '../advisor/TakeAlong';
import { Warnings } from '../advisor/Warnings';
import { useAdvice, useJobSettings, useWish } from '../advisor/wish';
import { takeAskedLane } from '../asked-lane';
import { JobBar } from '../JobBar';
import type { LabSection } from '../section';
import { useJob } from '../use-job';
import { useSettled } from '../use-settled';

const ID = 'advice';
/** What stands in the table of engines before there are proposals. */
const USUAL = 'k=8 v=8';

function AdvisorPanel() {
  const { scene, length, shown } = useWish();
  const advice = useAdvice();
  const settings = useJobSettings(advice);
  const settled = useSettled(settings);
  const job = useJob(ID, settled);
  const sha = useStore((s) => s.model?.sha256);
  const text = advisor.proposals;
  const engines = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const asked = takeAskedLane();
    if (asked === null) return;
    useWish.setState({ shown: asked });
    engines.current?.scrollIntoView({ block: 'start' });
  }, []);
  const measured = measuredOf(sha ? job : undefined);
  const lanes = advice?.proposals.map(({ lane }) => lane) ?? [];
  const lane = shown ?? lanes[0] ?? USUAL;
  return (
    <>
      <Panel title={advisor.title} note={advisor.note}>
        <AdvisorForm />
      </Panel>
      <Panel title={text.title} note={advice && text.note(advice.proposals.length, grouped(length))}>
        {advice ? <ProposalTable advice={advice} measured={measured} /> : <p className="m">{text.needsModel}</p>}
        {advice && advice.proposals.length > 0 && <JobBar id={ID} isWaiting={settled !== settings} />}
      </Panel>
      {advice && <Findings {...{ advice, measured, scene, length }} />}
      <Warnings facts={measured.facts} />
      <div ref={engines}>
        <TakeAlong name={nameOf(lane)} config={parseLane(lane)} choice={<Choice lane={lane} lanes={lanes} />} />
      </div>
      <Matrix scene={scene} length={length} />
    </>
  );
}

function Choice({ lane, lanes }: { lane: string; lanes: readonly string[] }) {
  const all = [...new Set([lane, ...lanes, ...OTHERS])];
  return (
    <select
      className="quiet-select strong"
      aria-label={advisor.engines.choose}
      value={lane}
      onChange={(event) => useWish.setState({ shown: event.target.value })}
    >
      {all.map((one) => (
        <option key={one} value={one}>
          {nameOf(one)}
        </option>
      ))}
    </select>
  );
}

/** Pairs that people ask for, proposed or not. */
const OTHERS = ['k=8 v=8', 'k=8 v=4', 'k=4 v=4', 'k=4 v=2', 'k=3 v=3', 'k=2 v=2'];

export default { id: 'advisor', order: 1, title: advisor.title, Panel: AdvisorPanel } satisfies LabSection;
