/**
 * One requestAnimationFrame for every chart. A paint asked for many times before the next frame runs once,
 * so a burst of frames from the worker costs one repaint.
 */
type Paint = () => void;

const queue = new Set<Paint>();
let scheduled = false;

export function repaint(paint: Paint): void {
  queue.add(paint);
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(flush);
}

export function forget(paint: Paint): void {
  queue.delete(paint);
}

function flush(): void {
  scheduled = false;
  const paints = [...queue];
  queue.clear();
  for (const paint of paints) paint();
}
