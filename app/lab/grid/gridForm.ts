import { get, set } from 'idb-keyval';
import { create } from 'zustand';

/** What a cell shows: the middle of the steps, or their worst hundredth. */
export type Figure = 'klMedian' | 'kl99';

/** Settings of the grid as the visitor left them. */
export interface GridForm {
  /** Words of the lane that is put to all widths. */
  lane: string;
  steps: number;
  by: Figure;
  /** Effective bits per value. */
  budget: number;
}

const KEY = 'lab:grid';
export const FEWEST_STEPS = 8;
export const MOST_STEPS = 1024;

export const useGridForm = create<GridForm>()(() => ({
  lane: '',
  steps: 128,
  by: 'klMedian',
  budget: 4.5,
}));

export function editGrid(patch: Partial<GridForm>): void {
  useGridForm.setState(patch);
  const { lane, steps, by, budget } = useGridForm.getState();
  void quiet(() => set(KEY, { lane, steps, by, budget }));
}

// The visitor's own choices come back after a reload; storage may be blocked.
void quiet(async () => {
  const kept = await get<Partial<GridForm>>(KEY);
  if (kept) useGridForm.setState(kept);
});

async function quiet(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch {}
}
