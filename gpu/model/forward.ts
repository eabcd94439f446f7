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
    await p.norm(p.hidden, w.attnNorm, p.normed),
    ...(await p.product(w.qkv, p.normed, p.qkv)),
    ...(await attention(p, w, l)),
    ...(await p.product(w.out, p.mixed, p.hidden, 'add')),
    await p.norm(p.hidden, w.ffnNorm, p.normed),
    ...(await p.gated(w.gateUp, p.normed, p.inner)),
    ...(await p.product(w.down, p.inner, p.hidden, 'add')),
  ];
}

/** Keys and values of the new rows enter the cache, then queries read it; the measures see the same probabilities. */
async function attention(p: Pass, w: LayerWeights, l: number): Promise<Op[]> {
  const { attend, io } = p;
  return [
    await attend.rope(p.qkv, io, w.headNorm),
    await attend.encode(l, 0, io),
    await attend.encode(l, 1, io),
    await attend.scores(l, io),
    await attend.softmax(io),
    ...(p.stats ? [await attend.stats(l, io, p.stats.values, p.stats.row)] : []),
    await attend.mix(l, io),
    await attend.mixReduce(io, p.mixed),
  ];
}

/** logits = head(norm(hidden)) for the rows of a decode step. */
export async function head(p: Pass, w: ModelWeights, logits: GPUBuffer): Promise<Op[]> {
  return [await p.norm(p.hidden, w.finalNorm, p.normed), ...(await p.product(w.head, p.normed, logits))];
}
