import type { Scorer } from '../evict';
import { recentParam, sinksParam } from '../evict-params';

const scorer: Scorer = {
  id: 'streaming',
  title: 'Sinks and recent tokens',
  text:
    'The first tokens, on which attention rests, and the newest ones stay; everything between them is dropped as text goes on, in all ' +
    'heads alike.',
  source: 'https://arxiv.org/abs/2309.17453',
  params: [sinksParam(4), recentParam(512)],
  acts: () => ({ at: 'steps', every: 1 }),
  needs: () => ({}),
  plan(_, { sinks, recent }) {
    const [first, last] = [Number(sinks), Number(recent)];
    return { keep: first + last, first, last };
  },
  // Every row that stays is forced; all heads decide alike.
  score: ({ held }) => [new Float64Array(held[0].length)],
};

export default scorer;
