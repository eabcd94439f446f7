import { CODES, COINS, FACTS, LIST, NOTES, PROGRAM, STORY } from './pocket-texts';
import { ARTICLE, CHAT, CODE, NEEDLE, QUESTION, SUM } from './scene-texts';

/** A prompt with the precision that is commonly recommended for its kind of task. Titles are in the text catalogue. */
export interface Scene {
  id: SceneId;
  /** Grows whenever the text changes; links name it. */
  revision: number;
  text: string;
  chat: boolean;
  steps: number;
  /** Recommended K and V bits; null where nobody has recommended any. */
  bits: { k: number; v: number } | null;
  /** Written for Pocket, in the words that it knows. */
  pocket?: true;
}

export type PocketSceneId = 'facts' | 'codes' | 'coins' | 'notes' | 'list' | 'program' | 'story';
export type SceneId = 'question' | 'summary' | 'sum' | 'chat' | 'needle' | 'code' | PocketSceneId;

export const SCENES: readonly Scene[] = [
  { id: 'question', revision: 1, text: QUESTION, chat: true, steps: 96, bits: { k: 8, v: 8 } },
  { id: 'summary', revision: 1, text: ARTICLE, chat: true, steps: 128, bits: { k: 8, v: 4 } },
  { id: 'sum', revision: 1, text: SUM, chat: true, steps: 192, bits: { k: 8, v: 8 } },
  { id: 'chat', revision: 1, text: CHAT, chat: false, steps: 256, bits: { k: 8, v: 8 } },
  { id: 'needle', revision: 1, text: NEEDLE, chat: false, steps: 64, bits: { k: 8, v: 8 } },
  { id: 'code', revision: 1, text: CODE, chat: false, steps: 64, bits: { k: 4, v: 2 } },
  pocket('facts', FACTS, 64),
  pocket('codes', CODES, 64),
  pocket('coins', COINS, 142),
  pocket('notes', NOTES, 72),
  pocket('list', LIST, 80),
  pocket('program', PROGRAM, 64),
  pocket('story', STORY, 96),
];

function pocket(id: PocketSceneId, text: string, steps: number): Scene {
  return { id, revision: 1, text, chat: false, steps, bits: null, pocket: true };
}

/** What a first visit runs. */
export const WELCOME: SceneId = 'list';

/** `needle.1` */
export const formatScene = (id: string): string => {
  const scene = SCENES.find((candidate) => candidate.id === id);
  return scene ? `${scene.id}.${scene.revision}` : '';
};

/** The scene of an id, or of an id with its revision when that revision is the present one. */
export const sceneOf = (word: string): Scene | undefined =>
  SCENES.find((scene) => scene.id === word || formatScene(scene.id) === word);
