import type { OpenOptions } from '../../gpu/device';

/** The ways to multiply matrices: all of them on the adapter of Node, in a browser the one that its adapter takes. */
export const MULTIPLY_PATHS: OpenOptions[] =
  typeof window === 'undefined' ? [{ rowPerThread: true }, { rowPerThread: false }, { withoutSubgroups: true }] : [{}];
