import type { CacheConfig } from '../../gpu/kv/config';
import { dropRun } from '../engine-run';
import { useStore } from '../store';

/** Puts a cache in place of lane 1 and shows Run, with the prompt that it was measured on. */
export function openLane(config: CacheConfig, { text, chat }: { text: string; chat: boolean }): void {
  const { settings, edit, putLane } = useStore.getState();
  dropRun();
  useStore.setState({ lane: 1, view: 'run' });
  putLane(config);
  if (text !== '' && (settings.text !== text || settings.chat !== chat)) edit({ text, chat, scene: null });
}
