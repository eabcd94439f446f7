import type { ComponentType } from 'react';

/** One question of the lab. A file in sections/ whose default export is a LabSection is found by itself. */
export interface LabSection {
  /** Also the file's name, and the word in links. */
  id: string;
  /** Place in the list. */
  order: number;
  /** In the list: one or two words. */
  title: string;
  Panel: ComponentType;
}
