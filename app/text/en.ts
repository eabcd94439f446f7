import { decisions } from './en-decisions';
import { lab } from './en-lab';
import { help, link, page, share, states } from './en-page';
import { memory, numbers, precision, status } from './en-panels';
import { recording } from './en-recording';
import { model, run } from './en-setup';
import { compare, systems, views } from './en-systems';

/** Every text of the page outside the charts, by area. A second language is a second object of this type. */
export const en = {
  ...{ page, help, share, link, states },
  ...{ model, run, recording },
  ...{ precision, memory, numbers, status },
  ...{ systems, compare, views, decisions, lab },
  limits: { promptCharacters: 100_000 },
};

export type Text = typeof en;
