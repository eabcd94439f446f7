import { useState } from 'react';
import { fixed } from '../draw/figures';
import { comparesArms, laneLabel, laneShort } from '../draw/lanes';
import { useLiveAt } from '../draw/live';
import { Panel } from '../draw/Panel';
import { frames } from '../frames';
import { useStore } from '../store';
import { charts } from '../text/charts';
import { Segment } from '../ui/Segment';
import { cursorStep } from '../use-frames';
import { CandidateRow, Delta, TokenCell } from './CandidateRow';
import type { Candidate } from './candidates';
import { barEnd, candidates } from './candidates';
import './nexttoken.css';

/** The ten likeliest next tokens at the cursor, of FP16 or of the lane, with what the other side gives them. */
export function NextToken() {
  useLiveAt(5);
  const [whose, setWhose] = useState<'fp16' | 'lane'>('fp16');
  const ofLane = whose === 'lane';
  const state = useStore.getState();
  const frame = frames.get(cursorStep(state.cursor));
  const arms = comparesArms(state) && !ofLane;
  const label = comparesArms(state) ? laneLabel(state, state.lane) : laneShort(state, state.lane);
  const top = (lane: number) => frame?.lanes[lane]?.top ?? [];
  const rows = candidates(top(0), top(state.lane), ofLane, state.lane === 1);

  const full = barEnd(rows);

  return (
    <Panel
      className="next-token"
      title={charts.next.title}
      note={charts.next.note(ofLane ? label : charts.fp16)}
      side={
        <Segment
          label={charts.next.whose}
          options={[
            ['fp16', charts.fp16],
            ['lane', label],
          ]}
          value={whose}
          onChange={setWhose}
        />
      }
    >
      <table>
        <thead>{arms ? <ArmsHead /> : <LaneHead label={label} full={full} />}</thead>
        <tbody>
          {arms
            ? twoArms(top(0), top(1), top(2)).map(([a, b]) => (
                <ArmsRow key={a.id} a={a} b={b} fed={frame?.token === a.id} />
              ))
            : rows.map((row) => (
                <CandidateRow key={row.id} row={row} full={full} fed={frame?.lanes[state.lane]?.token === row.id} />
              ))}
        </tbody>
      </table>
      {!frame && <p className="next-empty">{charts.next.empty}</p>}
    </Panel>
  );
}

type Top = Parameters<typeof candidates>[0];

function twoArms(shadow: Top, a: Top, b: Top): [Candidate, Candidate][] {
  const ofB = candidates(shadow, b, false, false);
  return candidates(shadow, a, false, true).map((row, i) => [row, ofB[i]]);
}

function LaneHead({ label, full }: { label: string; full: number }) {
  return (
    <tr>
      <th scope="col">{charts.next.token}</th>
      <th scope="col">{charts.fp16}</th>
      <th scope="col">{label}</th>
      <th scope="col">{charts.next.dp}</th>
      <th scope="col">{charts.next.rank}</th>
      <th scope="col" className="bars">
        <span className="unseen">{charts.next.bars} </span>
        0–{full}
      </th>
    </tr>
  );
}

function ArmsHead() {
  return (
    <tr>
      <th scope="col">{charts.next.token}</th>
      <th scope="col">{charts.fp16}</th>
      <th scope="col" className="tone-a">
        <b>A</b>
      </th>
      <th scope="col" className="tone-b">
        <b>B</b>
      </th>
      <th scope="col">{charts.next.dp} A</th>
      <th scope="col">{charts.next.dp} B</th>
    </tr>
  );
}

function ArmsRow({ a, b, fed }: { a: Candidate; b: Candidate; fed: boolean }) {
  return (
    <tr className={fed ? 'fed' : undefined}>
      <TokenCell id={a.id} />
      <td>{fixed(a.fp16, 3)}</td>
      {[a, b].map((arm, i) => (
        <td key={i === 0 ? 'a' : 'b'}>{arm.lane === null ? `<${fixed(arm.below, 3)}` : fixed(arm.lane, 3)}</td>
      ))}
      <Delta row={a} />
      <Delta row={b} />
    </tr>
  );
}
