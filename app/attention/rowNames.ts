import type { Surface } from '../draw/canvas';
import { fixed } from '../draw/figures';
import { drawText, fitText, textWidth } from '../draw/text';
import { namedKeys } from './namedKeys';
import { placeNames } from './placeNames';
import type { RowLayout } from './rowLayout';
import { keyX, stripsBottom } from './rowLayout';

interface Label {
  key: number;
  text: string;
  strong: boolean;
}

const longest = 76;

/** What stands under the strips: the hovered key alone, else up to three named keys and the query. */
export function rowLabels(
  fp16: Float32Array,
  lane: Float32Array,
  nameOf: (key: number) => string,
  hovered: number,
  arms: boolean,
): Label[] {
  const numbers = (key: number) => `${fixed(fp16[key], 3)} → ${fixed(lane[key], 3)}`;
  if (hovered >= 0)
    return [{ key: hovered, text: `“${nameOf(hovered)}” ${hovered}: ${numbers(hovered)}`, strong: true }];
  const named = namedKeys(fp16, lane).map((found) => ({
    key: found.key,
    text: found.lost ? `“${nameOf(found.key)}” ${arms ? found.key : numbers(found.key)}` : nameOf(found.key),
    strong: found.lost,
  }));
  const query = { key: fp16.length - 1, text: nameOf(fp16.length - 1), strong: false };
  const [first, ...rest] = named;
  return first?.strong ? [first, query, ...rest] : [query, ...named];
}

/** Leaders from the strips' lower edge and the labels under them; a label without room is left out, leader included. */
export function paintRowLabels({ ctx, theme }: Surface, layout: RowLayout, labels: Label[]): void {
  const bottom = stripsBottom(layout);
  const wishes = labels.map((label) => {
    const text = label.strong ? label.text : fitText(ctx, theme, label.text, longest);
    return { ...label, text, x: keyX(layout, label.key), width: textWidth(ctx, theme, text, label.strong) };
  });
  for (const { index, left } of placeNames(wishes, layout.sink.left, layout.right)) {
    const wish = wishes[index];
    ctx.fillStyle = wish.strong ? theme.ink : theme.ink3;
    ctx.fillRect(Math.round(wish.x - 0.5), bottom + 1, 1, 6);
    drawText(ctx, theme, wish.text, left, bottom + 18, {
      color: wish.strong ? theme.ink : theme.ink2,
      strong: wish.strong,
    });
  }
}
