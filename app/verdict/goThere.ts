import type { DetectorId } from '../../gpu/measure/detector';
import type { Tab } from '../store';
import { useStore } from '../store';

/** Where a hit is best seen: panel, tab of the phone, and the measure that the head map then shows. */
const PLACES: Record<DetectorId, { panel: string; tab: Tab; metric?: 'flip' | 'farChange' }> = {
  jitter: { panel: '.head-map', tab: 'attention', metric: 'flip' },
  distant: { panel: '.head-map', tab: 'attention', metric: 'farChange' },
  distribution: { panel: '.kl-panel', tab: 'kl' },
  repetition: { panel: '.text-lanes', tab: 'text' },
  reasoning: { panel: '.next-token', tab: 'text' },
  instruction: { panel: '.text-lanes', tab: 'text' },
};
const FLASH_MS = 400;

/** Moves the cursor to a hit, shows it where it is best seen, and flashes that panel's outline once. */
export function goThere(id: DetectorId, step: number): void {
  const { panel, tab, metric } = PLACES[id];
  const { set, setCursor, setMetric } = useStore.getState();
  setCursor(step);
  if (metric) setMetric(metric);
  set({ view: 'run', tab });
  requestAnimationFrame(() => {
    const node = document.querySelector(panel);
    if (!node) return;
    if (matchMedia('(max-width: 640px)').matches) node.scrollIntoView({ block: 'nearest' });
    node.classList.add('flash');
    setTimeout(() => node.classList.remove('flash'), FLASH_MS);
  });
}
