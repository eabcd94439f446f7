import { hello } from './engine';
import type { State } from './store';

/** The run on screen is computed by the reference engine. */
export const runsOnCpu = (s: Pick<State, 'adapter'>): boolean => s.adapter?.architecture === 'reference';

/** Where a device is missing, small models run without one. */
export const canUseCpu = (s: Pick<State, 'engine'>): boolean => s.engine === 'no-webgpu' || s.engine === 'no-adapter';

export const takeCpu = (): Promise<void> => hello(true);
