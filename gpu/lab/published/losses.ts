import type { SourceId } from './sources';

/** Loss of one kind of task at about one length, published for larger models than run in a page. pp = percentage points. */
export interface PublishedLoss {
  task: string;
  /** Tokens, as the sources give them. */
  tokens: string;
  /** Loss at K8 V8, K4 V4, and K2 with V of 4 or more. */
  k8: string;
  k4: string;
  k2: string;
  /** How the failure looks. */
  looks: string;
  sources: SourceId[];
  /** Tasks of this program that come nearest, and the longest text in tokens that is still this row. */
  near: { tasks: string[]; from: number; to: number };
}

/** Averages as collected; no two rows come from one benchmark run, so rows are not to be compared with each other. */
export const LOSSES: PublishedLoss[] = [
  {
    ...{ task: 'Knowledge questions (MMLU, TriviaQA)', tokens: '≤ 128', k8: '~0 pp', k4: '0–0.5 pp', k2: '≥ 5 pp' },
    ...{ looks: 'wrong first option', sources: ['lmdeploy'], near: { tasks: ['qa'], from: 0, to: 128 } },
  },
  {
    ...{
      task: 'Code and maths reasoning (GSM8K)',
      tokens: '~300',
      k8: '~0 pp',
      k4: '0.4 pp',
      k2: '> 15 pp, near chance',
    },
    ...{ looks: 'chain cut short, wrong intermediate values', sources: ['zipcache', 'adaquant'] },
    near: { tasks: ['arithmetic', 'code'], from: 0, to: 511 },
  },
  {
    ...{
      task: 'News summary (CNN/DailyMail)',
      tokens: '~512',
      k8: '≤ 0.3 ROUGE-L',
      k4: '1–1.5 ROUGE-L',
      k2: '8+ ROUGE-L',
    },
    ...{ looks: 'details dropped, paragraphs repeated', sources: ['lmdeploy'] },
    near: { tasks: ['extract'], from: 0, to: 1023 },
  },
  {
    ...{
      task: 'LongBench retrieval and questions',
      tokens: '4k',
      k8: '< 1 pp',
      k4: '1–3 pp',
      k2: '10+ pp, recall collapses',
    },
    ...{ looks: 'early tokens forgotten, answers drift', sources: ['simlayerkv'] },
    near: { tasks: ['needle', 'qa'], from: 2048, to: 16384 },
  },
  {
    ...{
      task: 'Needle in a haystack, code documents',
      tokens: '≥ 32k',
      k8: 'within 2 pp',
      k4: '4–6 pp, mixed widths needed',
    },
    ...{ k2: 'collapse: random or endless', looks: 'long-range dependence lost, loops', sources: ['lmdeploy'] },
    near: { tasks: ['needle', 'code'], from: 32768, to: 1e9 },
  },
];
