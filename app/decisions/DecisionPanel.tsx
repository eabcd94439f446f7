import { useEffect } from 'react';
import { laneLabel } from '../draw/lanes';
import { Panel } from '../draw/Panel';
import { shownHead, useStore } from '../store';
import { en } from '../text/en';
import './decisions.css';
import { LayerChart } from './LayerChart';
import { heldHeadOf, isByQuery, layerFacts } from './layerFacts';
import { decidesNow, useDecisions, watchDecisions } from './source';
import { TokenStrip } from './TokenStrip';

/** What the policy of the lane on show has decided about tokens. Nothing for lanes that decide nothing. */
export function DecisionPanel() {
  const decides = useStore((s) => s.model !== null && decidesNow(s));
  return decides ? <Decided /> : null;
}

function Decided() {
  const name = useStore((s) => laneLabel(s, s.lane));
  const isRecording = useStore((s) => s.recording !== null);
  const layer = useStore((s) => shownHead(s).layer);
  const head = useStore(heldHeadOf);
  const byQuery = useStore(isByQuery);
  const answer = useDecisions();
  useEffect(watchDecisions, []);
  const text = en.decisions;
  if (!answer) {
    return (
      <Panel className="decisions" title={text.title} note={name}>
        <p className="lab m">{isRecording ? text.notRecorded : text.waiting}</p>
      </Panel>
    );
  }
  const facts = layerFacts(useStore.getState());
  const hasLayers = facts !== null && (facts.bars !== null || facts.lines > 0);
  return (
    <Panel
      className="decisions"
      title={text.title}
      note={text.note(name, answer.step)}
      side={text.head(layer, head, byQuery)}
    >
      <div className={hasLayers ? 'decision-charts two' : 'decision-charts'}>
        <TokenStrip name={name} />
        {hasLayers && <LayerChart name={name} />}
      </div>
    </Panel>
  );
}
