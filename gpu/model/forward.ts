/**
 * The architecture, in order: Llama (Touvron et al. 2023) with grouped queries, RoPE, SwiGLU, and the variations of Qwen2 (q/k/v
 * bias) and Qwen3 (QK-norm). Each function lists the prepared ops of one part; nothing here touches a buffer's contents.
 *
 * `decode` handles one token of M lanes; `prefill` one piece of the prompt in one layer. They differ in the matrix kernels only:
 * rows of a decode step share every weight read, rows of a prefill piece share register tiles.
 */
import type { Op } from '../kernels/op';
import type { Pass } from './pass';
import type { LayerWeights, ModelWeights } from './weights';

/** hidden = embedding of the tokens fed in this step. */
export function embedding(p: Pass, w: ModelWeights): Op[] {
  return p.matmul.embed(w.embed, p.tokens, p.hidden);
}

/** One decoder layer: attention and feed-forward, each added to the residual stream. */
export function layer(p: Pass, w: LayerWeights, l: number): Op[] {
  return [
    ...project(p, w),
    ...attention(p, l),
    ...localErrors(p, w, l),
    ...p.product(w.out, p.mixed, p.hidden, 'add'),
    p.norm(p.hidden, w.ffnNorm, p.normed),
    ...p.gated(w.gateUp, p.normed, p.inner),
    ...p.product(w.down, p.inner, p.hidden, 'add'),
  ];
}

/** Queries, keys and values of the new rows, rotated: all that the cache gets to see. */
export function project(p: Pass, w: LayerWeights): Op[] {
  return [
    ...sameInput(p),
    p.norm(p.hidden, w.attnNorm, p.normed),
    ...p.product(w.qkv, p.normed, p.qkv),
    p.attend.rope(p.qkv, p.io, w.headNorm),
  ];
}

/** Numbers about the whole prompt that some codecs need before they code its first row. */
export function survey(p: Pass, l: number): Op[] {
  return [0, 1].flatMap((side) => surveySide(p, l, side, true));
}

const surveySide = ({ attend, io }: Pass, l: number, side: number, prompt: boolean): Op[] => [
  ...attend.survey(l, side, io, prompt),
  ...attend.groups(l, side, io),
];

/** One side of the new rows enters the cache, once it is known what codecs need about all of them. */
const encodeSide = (p: Pass, l: number, side: number, prompt: boolean): Op[] => [
  ...surveySide(p, l, side, prompt),
  ...p.attend.columns(l, side, p.io),
  p.attend.encode(l, side, p.io),
];

/** Rows of lanes that evict enter the cache after the attention of the prompt, when it is known what stays. */
export const encodeKept = (p: Pass, l: number): Op[] => [0, 1].flatMap((side) => encodeSide(p, l, side, true));

/** Keys and values of the new rows enter the cache, then queries read it; the measures see the same probabilities. */
function attention(p: Pass, l: number): Op[] {
  const { attend, io } = p;
  return [
    ...[0, 1].flatMap((side) => (p.surveys ? encodeSide(p, l, side, false) : [attend.encode(l, side, io)])),
    attend.scores(l, io),
    attend.softmax(io),
    ...attend.collect(l, io),
    ...(p.stats ? [attend.stats(l, io, p.stats.values, p.stats.row)] : []),
    attend.mix(l, io),
    attend.mixReduce(io, p.mixed),
  ];
}

/** Isolation: what follows gets the shadow's hidden state in every lane. Nothing in other runs. */
const sameInput = ({ isolation, hidden }: Pass): Op[] => (isolation ? [isolation.share(hidden)] : []);

/** Isolation: how far each lane's mixed values, and what the output projection makes of them, are from the shadow's. */
function localErrors(p: Pass, w: LayerWeights, l: number): Op[] {
  const errors = p.isolation?.errors;
  if (!errors) return [];
  return [errors.ofHeads(l, p.mixed), ...p.product(w.out, p.mixed, errors.attended), errors.ofBlock(l)];
}

/** logits = head(norm(hidden)) for the rows of a decode step. */
export function head(p: Pass, w: ModelWeights, logits: GPUBuffer): Op[] {
  return [...sameInput(p), p.norm(p.hidden, w.finalNorm, p.normed), ...p.product(w.head, p.normed, logits)];
}
