import { useCallback, useRef, useState } from 'react';
import { sideAt } from '../../gpu/kv/config';
import { mapShape } from '../attention/headSource';
import { keyName } from '../attention/keyName';
import type { PointerPhase } from '../draw/ChartCanvas';
import { ChartCanvas } from '../draw/ChartCanvas';
import type { Surface } from '../draw/canvas';
import { laneTone, shownLanes, toneColor } from '../draw/lanes';
import type { State } from '../store';
import { shownHead, useStore } from '../store';
import { en } from '../text/en';
import { heldHeadOf, subscribeDrawn } from './layerFacts';
import { decisionsNow } from './source';
import type { StripLayout } from './stripLayout';
import { moveToken, stripLayout, tokenAt } from './stripLayout';
import { paintTokens } from './stripPaint';
import type { TokenState } from './tokenStates';
import { countStates, TOKEN_STATES, tokenStates } from './tokenStates';

/** Every token of the text as the head on show stores it. */
export function TokenStrip({ name }: { name: string }) {
  const [cursor, setCursor] = useState(-1);
  const layout = useRef<StripLayout | null>(null);
  const text = en.decisions;

  const paint = useCallback(
    (surface: Surface) => {
      const state = useStore.getState();
      const states = statesNow(state);
      layout.current = stripLayout(surface.width, surface.height, states.length);
      const color = toneColor(surface.theme, laneTone(state, state.lane));
      paintTokens(surface, layout.current, { states, color, bits: bitsNow(state), cursor });
    },
    [cursor],
  );
  const onPoint = (phase: PointerPhase, x: number, y: number) =>
    setCursor(layout.current && phase !== 'leave' ? tokenAt(layout.current, x, y) : -1);
  const move = (dx: number, dy: number) =>
    setCursor((at) =>
      layout.current ? moveToken(layout.current, at < 0 ? layout.current.tokens - 1 : at, dx, dy) : -1,
    );

  return (
    <div className="decision-tokens">
      <ChartCanvas
        name={text.stripName(name)}
        paint={paint}
        subscribe={subscribeDrawn}
        onPoint={onPoint}
        keys={{ move, free: () => setCursor(-1), describe: () => sayToken(cursor) }}
        table={table}
      />
      {cursor < 0 ? <Legend /> : <p className="decision-line">{sayToken(cursor)}</p>}
    </div>
  );
}

/** Colours with how many tokens of the head on show have them. */
function Legend() {
  const state = useStore.getState();
  const counts = countStates(statesNow(state));
  const bits = bitsNow(state);
  const tone = laneTone(state, state.lane);
  return (
    <p className="decision-line">
      {TOKEN_STATES.filter((id) => counts[id] > 0).map((id) => (
        <span key={id} className="decision-key">
          <i className={`${id} ${tone}`} />
          {labelOf(id, bits)} <b>{counts[id]}</b>
        </span>
      ))}
    </p>
  );
}

const labelOf = (id: TokenState, bits: { coded: number; low: number }): string =>
  id === 'coded' || id === 'low' ? en.decisions.coded(bits[id]) : en.decisions.states[id];

function statesNow(state: State): TokenState[] {
  const answer = decisionsNow(state);
  if (!answer) return [];
  return tokenStates(answer.decisions, shownHead(state).layer, heldHeadOf(state), answer.tokens);
}

/** Bits of coded keys in the layer on show, or of values where keys are exact. */
function bitsNow(state: State): { coded: number; low: number } {
  const config = shownLanes(state)[state.lane - 1];
  const { layers } = mapShape(state);
  const [k, v] = (['k', 'v'] as const).map((side) => sideAt(config, side, shownHead(state).layer, layers).bits);
  return { coded: k >= 16 ? v : k, low: config.mix?.lo ?? config.bulk?.bits ?? k };
}

function sayToken(token: number): string {
  const state = useStore.getState();
  const states = statesNow(state);
  if (token < 0 || token >= states.length) return en.decisions.none;
  return en.decisions.token(token, keyName(state, token), labelOf(states[token], bitsNow(state)));
}

const table = {
  columns: () => [en.decisions.position, en.decisions.tokenHead, en.decisions.stored],
  rows: () => statesNow(useStore.getState()).length,
  row: (token: number) => {
    const state = useStore.getState();
    return [String(token), keyName(state, token), labelOf(statesNow(state)[token], bitsNow(state))];
  },
};
