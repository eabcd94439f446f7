import type { CacheConfig } from '../../../gpu/kv/config';
import { dropRun } from '../../engine-run';
import { useStore } from '../../store';
import type { GridForm } from './gridForm';

/** Puts a pair into lane 1 and shows Run, with the prompt that the grid was measured on. */
export function openPair(config: CacheConfig, { text, chat }: GridForm): void {
  const { settings, edit, putLane } = useStore.getState();
  dropRun();
  useStore.setState({ lane: 1, view: 'run' });
  putLane(config);
  if (text !== '' && (settings.text !== text || settings.chat !== chat)) edit({ text, chat, scene: null });
}
