import type { Transform } from '../transform';

/**
 * Not a change of the rows but of the query that reads the sinks: it stands where it would if evicted tokens had never been
 * (`Step.shifts`), so that distances are those inside the cache.
 */
const transform: Transform = {
  id: 'cache-positions',
  title: 'Positions inside the cache',
  text: 'Sinks are read by a query that is turned back by as many positions as tokens have left. Rows stay as they are.',
  formula: 'q_sink = RoPE(q, position - tokens that have left)',
  source: 'https://arxiv.org/abs/2309.17453',
  params: [],
  refuses: () => null,
  wgsl: /* wgsl */ `
fn cache_positions_forward() { }
fn cache_positions_inverse() { }`,
};

export default transform;
