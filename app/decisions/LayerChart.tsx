import { useCallback, useRef, useState } from 'react';
import { mapShape } from '../attention/headSource';
import type { PointerPhase } from '../draw/ChartCanvas';
import { ChartCanvas } from '../draw/ChartCanvas';
import type { Surface } from '../draw/canvas';
import { fixed } from '../draw/figures';
import { laneTone, toneColor } from '../draw/lanes';
import { shownHead, useStore } from '../store';
import { en } from '../text/en';
import { heldHeadOf, layerFacts, subscribeDrawn } from './layerFacts';
import type { LayerAt, LayerLayout } from './layerLayout';
import { layerAt, layerLayout } from './layerLayout';
import { paintLayers } from './layerPaint';

/** What was measured of each layer, and how many tokens its heads hold. A click shows that head everywhere. */
export function LayerChart({ name }: { name: string }) {
  const [cursor, setCursor] = useState<LayerAt | null>(null);
  const layout = useRef<LayerLayout | null>(null);
  const text = en.decisions;

  const paint = useCallback(
    (surface: Surface) => {
      const state = useStore.getState();
      const facts = layerFacts(state);
      if (!facts) return;
      const { layers, bars, counts, lines, tokens, byQuery } = facts;
      layout.current = layerLayout(surface.width, surface.height, { layers, hasBars: bars !== null, heads: lines });
      const { layer } = shownHead(state);
      const selected = { layer, line: lines > 1 ? heldHeadOf(state) : lines === 1 ? 0 : null };
      const color = toneColor(surface.theme, laneTone(state, state.lane));
      paintLayers(surface, layout.current, { bars, counts, tokens, byQuery, color, selected, cursor });
    },
    [cursor],
  );

  const lock = (at: LayerAt | null) => {
    const state = useStore.getState();
    if (!at) return;
    const lines = layerFacts(state)?.lines ?? 0;
    const isByHead = lines > 1 && at.line !== null;
    const head = isByHead ? (at.line as number) * (mapShape(state).heads / lines) : state.head.head;
    state.setHead({ layer: at.layer, head });
  };
  const onPoint = (phase: PointerPhase, x: number, y: number) => {
    const at = layout.current && phase !== 'leave' ? layerAt(layout.current, x, y) : null;
    if (phase === 'press') lock(at);
    if (at?.layer !== cursor?.layer || at?.line !== cursor?.line) setCursor(at);
  };
  const move = (dx: number, dy: number) => {
    const facts = layerFacts(useStore.getState());
    if (!facts) return;
    const clamp = (value: number, size: number) => Math.max(0, Math.min(size - 1, value));
    const from = cursor ?? { layer: shownHead(useStore.getState()).layer - dx, line: 0 };
    const line = facts.lines > 0 ? clamp((from.line ?? 0) + dy, facts.lines) : null;
    setCursor({ layer: clamp(from.layer + dx, facts.layers), line });
  };
  return (
    <div className="decision-layers">
      <ChartCanvas
        name={text.layersName(name)}
        paint={paint}
        subscribe={subscribeDrawn}
        onPoint={onPoint}
        keys={{
          move,
          lock: () => lock(cursor),
          free: () => setCursor(null),
          describe: () => sayLayer(cursor),
        }}
        table={table}
        cursor="pointer"
      />
      <p className="decision-line">{cursor ? sayLayer(cursor) : sayRange()}</p>
    </div>
  );
}

/** `layer 3, KV 1: 84 of 208 tokens; S 0.93, above 0.9`. */
function sayLayer(at: LayerAt | null): string {
  const facts = layerFacts(useStore.getState());
  if (!facts || !at || at.layer >= facts.layers) return en.decisions.none;
  const { bars, counts, lines, tokens, byQuery } = facts;
  const parts: string[] = [];
  const held = counts?.[at.layer];
  if (held) parts.push(en.decisions.held(held[(at.line ?? 0) % held.length], tokens));
  if (bars) {
    const value = bars.values[at.layer];
    parts.push(
      value === null
        ? en.decisions.unmeasured
        : en.decisions.measured(fixed(value), value > bars.threshold, String(bars.threshold)),
    );
  }
  const line = lines > 1 && at.line !== null ? en.decisions.line(at.line, byQuery) : null;
  return en.decisions.layer(at.layer, line, parts);
}

function sayRange(): string {
  const facts = layerFacts(useStore.getState());
  if (!facts) return '';
  const { bars, counts, lines, tokens } = facts;
  if (bars) {
    const above = bars.values.flatMap((value, layer) => (value !== null && value > bars.threshold ? [layer] : []));
    if (bars.values.every((value) => value === null)) return en.decisions.unmeasured;
    return en.decisions.above(above.length, bars.values.length, String(bars.threshold));
  }
  const all = counts?.flat() ?? [];
  return lines > 0 ? en.decisions.range(Math.min(...all), Math.max(...all), tokens) : '';
}

const table = {
  columns: () => {
    const facts = layerFacts(useStore.getState());
    const heads = Array.from({ length: facts?.lines ?? 0 }, (_, h) =>
      facts?.lines === 1 ? en.decisions.allHeads : en.decisions.line(h, facts?.byQuery ?? false),
    );
    return [en.decisions.layerHead, ...(facts?.bars ? [en.decisions.share] : []), ...heads];
  },
  rows: () => layerFacts(useStore.getState())?.layers ?? 0,
  row: (layer: number) => {
    const facts = layerFacts(useStore.getState());
    if (!facts) return [String(layer)];
    const { bars, counts, lines } = facts;
    const value = bars?.values[layer];
    const held = counts?.[layer] ?? [0];
    return [
      String(layer),
      ...(bars ? [value == null ? '–' : fixed(value, 3)] : []),
      ...Array.from({ length: lines }, (_, h) => String(held[h % held.length])),
    ];
  },
};
