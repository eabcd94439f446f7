import { create, globals } from 'webgpu';

/** How long Dawn may ask without a rest, and how long a rest is, in ms. */
const EAGER = 0.3;
const REST = 1;

/** Dawn must outlive its devices: a collected instance takes the process down. */
let instance: GPU | null = null;

/** Dawn in Node, its globals installed under the names a browser has. */
export function dawn(): GPU {
  if (instance) return instance;
  Object.assign(globalThis, globals);
  restBetweenPolls();
  instance = create([]);
  return instance;
}

/**
 * While anything is pending, Dawn asks for news in every turn of the event loop, which takes a whole core: one of those that a CPU
 * adapter computes on. Its turns are the native functions among those given to setImmediate; after EAGER ms of a wait they come
 * with a REST between them.
 */
function restBetweenPolls(): void {
  const immediate = globalThis.setImmediate;
  let inTurn = false;
  let since = 0;
  const later = (turn: (...args: unknown[]) => void, ...args: unknown[]) => {
    if (!Function.prototype.toString.call(turn).includes('[native code]')) return immediate(turn, ...args);
    if (!inTurn) since = performance.now();
    const ask = () => {
      inTurn = true;
      try {
        turn(...args);
      } finally {
        inTurn = false;
      }
    };
    return performance.now() - since < EAGER ? immediate(ask) : setTimeout(ask, REST);
  };
  globalThis.setImmediate = Object.assign(later, immediate) as unknown as typeof setImmediate;
}
