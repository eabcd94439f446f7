/**
 * Results of `start(0) ... start(count - 1)` in order, with at most `depth` of them begun and not yet taken: the next read is under
 * way while the caller works on the present one. A failure reaches the caller at its place in the order.
 */
export async function* ahead<T>(count: number, depth: number, start: (index: number) => Promise<T>): AsyncGenerator<T> {
  const begun: Promise<T>[] = [];
  for (let taken = 0, next = 0; taken < count; taken++) {
    while (next < count && begun.length < depth) {
      const result = start(next++);
      // It may fail before its turn comes; that must not count as unhandled.
      result.catch(() => {});
      begun.push(result);
    }
    yield await (begun.shift() as Promise<T>);
  }
}
