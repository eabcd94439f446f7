import { parseLane } from '../../gpu/kv/lane';
import { dropRun } from '../engine-run';
import { useStore } from '../store';

/** Puts a lane in place of lane 1 and shows Run, with the prompt that it was measured on. */
export function openLane(lane: string, { text, chat }: { text: string; chat: boolean }): void {
  const { settings, edit, putLane } = useStore.getState();
  dropRun();
  useStore.setState({ lane: 1, view: 'run' });
  putLane(parseLane(lane));
  if (text !== '' && (settings.text !== text || settings.chat !== chat)) edit({ text, chat, scene: null });
}
