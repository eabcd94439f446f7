import { useMemo } from 'react';
import { create } from 'zustand';
import type { Matter } from '../../../gpu/lab/advice/candidates';
import type { Advice } from '../../../gpu/lab/advice/propose';
import { propose } from '../../../gpu/lab/advice/propose';
import type { SceneId } from '../../../gpu/lab/advice/scenes';
import { useStore } from '../../store';

/** What the visitor has asked the advisor; it outlives the section. */
interface AskedFor {
  scene: SceneId;
  length: number;
  /** MB, or null. */
  budget: number | null;
  matters: Matter;
  steps: number;
  /** Proposals that are not to be run. */
  without: readonly string[];
  /** Lane whose settings for other engines are on show. */
  shown: string | null;
}

/** Scenes of Run and the rows of the advice that they stand for. */
const SCENE_OF: Record<string, SceneId> = {
  ...{ question: 'qa', summary: 'summary', sum: 'reasoning', chat: 'chat', needle: 'long', code: 'very-long' },
};
const LENGTH_OF: Record<SceneId, number> = {
  ...{ qa: 128, summary: 512, reasoning: 512, chat: 2048, long: 8192, 'very-long': 32_768 },
};

function begun(): AskedFor {
  const scene = SCENE_OF[useStore.getState().settings.scene ?? ''] ?? 'qa';
  const length = LENGTH_OF[scene];
  return { scene, length, budget: null, matters: 'quality', steps: 96, without: [], shown: null };
}

export const useWish = create<AskedFor>()(() => begun());

/** Another scene brings its usual length with it. */
export const chooseScene = (scene: SceneId) => useWish.setState({ scene, length: LENGTH_OF[scene], without: [] });

/** The proposals as the rules make them for the loaded model; null without one. */
export function useAdvice(): Advice | null {
  const model = useStore((s) => s.model);
  const { scene, length, budget, matters } = useWish();
  return useMemo(
    () => model && propose({ scene, length, matters, budget: budget === null ? null : budget * 1e6 }, model),
    [model, scene, length, budget, matters],
  );
}

/** Settings of the experiment. Texts of Run are its texts. */
export function useJobSettings(advice: Advice | null): object {
  const { scene, length, budget, matters, steps, without } = useWish();
  const text = useStore((s) => s.settings.text);
  const chat = useStore((s) => s.settings.chat);
  return useMemo(() => {
    const kept = (advice?.proposals ?? []).map(({ lane }) => lane).filter((lane) => !without.includes(lane));
    const lanes = without.length === 0 || kept.length === 0 ? null : kept;
    return { text, chat, steps, scene, length, budget, matters, lanes };
  }, [advice, text, chat, steps, scene, length, budget, matters, without]);
}
