const story =
  'The lamp had burned all night and the glass was warm under his hand . He wiped it , trimmed the wick and wrote the hour in the book . Below , the boat from the village had come in with bread , oil and two letters . The first was from his sister , who asked again for the word that opened the door . He thought of the yellow flowers by the step and began to write it down , slowly , one letter at a time , but the ink had dried and the';
const others = 'came carrying some note wife six key closed white locked dreamt his tried then by and faded'.split(' ');

const spaced = (word: string) => (/^[.,]$/.test(word) ? word : ` ${word}`);
const words = story.split(' ').map(spaced);

/** Token text at a step; the story repeats. Step 142 of a longer run reads "the". */
export const wordAt = (step: number): string => words[(step + 4 * words.length - 143) % words.length];
export const otherAt = (step: number): string => spaced(others[step % others.length]);

/** A prompt of `count` tokens that names the marigold at key 118. */
export const promptPieces = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => (i === 118 ? ' marigold' : words[i % words.length]));

export const candidates = 'lamp page pen book glass door light word oil wind'.split(' ').map(spaced);
