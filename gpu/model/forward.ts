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
export async function embedding(p: Pass, w: ModelWeights): Promise<Op[]> {
  return p.matmul.embed(w.embed, p.tokens, p.hidden);
}

/** One decoder layer: attention and feed-forward, each added to the residual stream. */
export async function layer(p: Pass, w: LayerWeights, l: number): Promise<Op[]> {
  return [
    ...(await project(p, w)),
    ...(await attention(p, l)),
    ...(await localErrors(p, w, l)),
    ...(await p.product(w.out, p.mixed, p.hidden, 'add')),
    await p.norm(p.hidden, w.ffnNorm, p.normed),
    ...(await p.gated(w.gateUp, p.normed, p.inner)),
    ...(await p.product(w.down, p.inner, p.hidden, 'add')),
  ];
}

/** Queries, keys and values of the new rows, rotated: all that the cache gets to see. */
export async function project(p: Pass, w: LayerWeights): Promise<Op[]> {
  return [
    ...(await sameInput(p)),
    await p.norm(p.hidden, w.attnNorm, p.normed),
    ...(await p.product(w.qkv, p.normed, p.qkv)),
    await p.attend.rope(p.qkv, p.io, w.headNorm),
  ];
}

/** Numbers about the whole prompt that some codecs need before they code its first row. */
export async function survey(p: Pass, l: number): Promise<Op[]> {
  return [...(await surveySide(p, l, 0, true)), ...(await surveySide(p, l, 1, true))];
}

const surveySide = async ({ attend, io }: Pass, l: number, side: number, prompt: boolean): Promise<Op[]> => [
  ...(await attend.survey(l, side, io, prompt)),
  ...(await attend.groups(l, side, io)),
];

/** Rows of lanes that evict enter the cache after the attention of the prompt, when it is known what stays. */
export const encodeKept = async (p: Pass, l: number): Promise<Op[]> => [
  ...(await p.attend.columns(l, 0, p.io)),
  await p.attend.encode(l, 0, p.io),
  ...(await p.attend.columns(l, 1, p.io)),
  await p.attend.encode(l, 1, p.io),
];

/** Keys and values of the new rows enter the cache, then queries read it; the measures see the same probabilities. */
async function attention(p: Pass, l: number): Promise<Op[]> {
  const { attend, io } = p;
  return [
    ...(p.surveys ? [...(await surveySide(p, l, 0, false)), ...(await attend.columns(l, 0, io))] : []),
    await attend.encode(l, 0, io),
    ...(p.surveys ? [...(await surveySide(p, l, 1, false)), ...(await attend.columns(l, 1, io))] : []),
    await attend.encode(l, 1, io),
    await attend.scores(l, io),
    await attend.softmax(io),
    ...(await attend.collect(l, io)),
    ...(p.stats ? [await attend.stats(l, io, p.stats.values, p.stats.row)] : []),
    await attend.mix(l, io),
    await attend.mixReduce(io, p.mixed),
  ];
}

/** Isolation: what follows gets the shadow's hidden state in every lane. Nothing in other runs. */
const sameInput = async ({ isolation, hidden }: Pass): Promise<Op[]> =>
  isolation ? [await isolation.share(hidden)] : [];

/** Isolation: how far each lane's mixed values, and what the output projection makes of them, are from the shadow's. */
async function localErrors(p: Pass, w: LayerWeights, l: number): Promise<Op[]> {
  const errors = p.isolation?.errors;
  if (!errors) return [];
  return [
    await errors.ofHeads(l, p.mixed),
    ...(await p.product(w.out, p.mixed, errors.attended)),
    await errors.ofBlock(l),
  ];
}

/** logits = head(norm(hidden)) for the rows of a decode step. */
export async function head(p: Pass, w: ModelWeights, logits: GPUBuffer): Promise<Op[]> {
  return [
    ...(await sameInput(p)),
    await p.norm(p.hidden, w.finalNorm, p.normed),
    ...(await p.product(w.head, p.normed, logits)),
  ];
}
