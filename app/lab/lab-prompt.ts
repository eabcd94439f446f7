import { useEffect } from 'react';
import { create } from 'zustand';
import { useStore } from '../store';
import { doneCount, useJobs } from './jobs';

interface Prompt {
  text: string;
  chat: boolean;
}

/** By experiment. */
const usePrompts = create<Record<string, Prompt>>()(() => ({}));
const NONE: Prompt = { text: '', chat: false };

/** Text of the prompt that an experiment's results belong to; empty before it was opened. */
export const useLabText = (id: string): string => usePrompts((s) => (s[id] ?? NONE).text);

export interface LabPrompt extends Prompt {
  /** Results belong to this prompt, and Run has another one by now. */
  isOther: boolean;
  /** Goes over to the prompt in Run. */
  take(): void;
}

/** The prompt of an experiment: that of Run, and once something is measured the one it was measured on. */
export function useLabPrompt(id: string): LabPrompt {
  const mine = usePrompts((s) => s[id] ?? NONE);
  const text = useStore((s) => s.settings.text);
  const chat = useStore((s) => s.settings.chat);
  const hasResults = useJobs(({ jobs: { [id]: job } }) => !!job && (doneCount(job) > 0 || job.state === 'running'));
  const differs = mine.text !== text || mine.chat !== chat;
  const take = () => usePrompts.setState({ [id]: { text, chat } });
  useEffect(() => {
    if (differs && !hasResults) usePrompts.setState({ [id]: { text, chat } });
  }, [id, differs, hasResults, text, chat]);
  return { ...mine, isOther: differs && hasResults, take };
}
