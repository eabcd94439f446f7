import { useRef, useState } from 'react';
import { ChartCanvas } from '../draw/ChartCanvas';
import type { Surface } from '../draw/canvas';
import { drawText } from '../draw/text';
import { laneName } from '../lane-name';
import { useStore } from '../store';
import { en } from '../text/en';
import { bitsWanted, laneWith } from './bits';
import { hasLayerPlan, layerBits, plannedLane } from './layerBits';

const LEFT = 14;
const GAP = 4;
const LABEL = 13;
const FULL = 16;

const subscribe = (request: () => void) => useStore.subscribe(request);
const now = () => {
  const state = useStore.getState();
  return layerBits(plannedLane(state), state.model?.layers ?? 0);
};

/** K and V bits of every layer as bars, where layers differ: a full bar is FP16. */
export function LayerStrip() {
  const differs = useStore((s) => hasLayerPlan(plannedLane(s)));
  const layers = useStore((s) => s.model?.layers ?? 0);
  const name = useStore((s) => laneName(laneWith(s, bitsWanted(s)), bitsWanted(s)));
  const [cursor, setCursor] = useState<number | null>(null);
  const size = useRef(1);
  const text = en.systems.layers;
  if (!differs) return null;
  if (layers === 0) return <p className="ruler-why">{text.needsModel}</p>;

  const clamp = (layer: number) => Math.max(0, Math.min(layers - 1, layer));
  const paint = (surface: Surface) => {
    size.current = surface.width;
    paintLayers(surface, now(), cursor);
  };
  const describe = () => {
    const bits = now();
    const at = bits[clamp(cursor ?? 0)];
    return at ? text.spoken(clamp(cursor ?? 0), String(at.k), String(at.v)) : text.none;
  };
  return (
    <div className="layer-strip">
      <div className="opt">
        <span>{text.title}</span>
        <span>{cursor === null ? '' : describe()}</span>
      </div>
      <ChartCanvas
        name={text.name(name)}
        paint={paint}
        subscribe={subscribe}
        keys={{
          move: (dx, dy) => setCursor((at) => clamp((at ?? -1) + dx + dy)),
          free: () => setCursor(null),
          describe,
        }}
        onPoint={(phase, x) =>
          setCursor(
            phase === 'leave' || x < LEFT ? null : clamp(Math.floor(((x - LEFT) / (size.current - LEFT)) * layers)),
          )
        }
        table={{
          columns: () => [text.layer, text.k, text.v],
          rows: () => now().length,
          row: (layer) => [String(layer), String(now()[layer].k), String(now()[layer].v)],
        }}
      />
    </div>
  );
}

/** K above, V below with gaps, as wherever V is drawn. */
function paintLayers({ ctx, theme, width, height }: Surface, bits: { k: number; v: number }[], cursor: number | null) {
  const step = (width - LEFT) / bits.length;
  const tall = (height - LABEL - GAP) / 2;
  for (const [row, side] of (['k', 'v'] as const).entries()) {
    const bottom = row * (tall + GAP) + tall;
    drawText(ctx, theme, side.toUpperCase(), 0, bottom - tall / 2 + 4, { color: theme.ink2, strong: true });
    bits.forEach((layer, i) => {
      const left = LEFT + i * step;
      const high = (tall * layer[side]) / FULL;
      ctx.fillStyle = theme.sunk;
      ctx.fillRect(left, bottom - tall, step - 1, tall);
      ctx.fillStyle = layer[side] >= FULL ? theme.fp16 : theme.a;
      if (side === 'k') ctx.fillRect(left, bottom - high, step - 1, high);
      else for (let y = bottom; y > bottom - high; y -= 4) ctx.fillRect(left, y - 3, step - 1, 3);
      if (i === cursor) {
        ctx.strokeStyle = theme.ink;
        ctx.lineWidth = 1.5;
        ctx.strokeRect(left - 0.5, bottom - tall + 0.5, step, tall - 1);
      }
    });
  }
  const every = bits.length > 12 ? 5 : 1;
  for (let i = 0; i < bits.length; i += every) {
    drawText(ctx, theme, String(i), LEFT + (i + 0.5) * step, height - 2, { color: theme.ink3, align: 'center' });
  }
}
