import { useSyncExternalStore } from 'react';

/** The phone layout: one panel at a time, larger cells, one strip of the row. Same width as in the style sheets. */
const query = '(max-width: 640px)';

const subscribe = (listener: () => void) => {
  const list = matchMedia(query);
  list.addEventListener('change', listener);
  return () => list.removeEventListener('change', listener);
};

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
