"""Where training starts from: random weights, in which the first two layers already know how to look back.

Looking a word up in the text takes two attention layers that fit together: heads of the first one carry the words 1 to 4 places back
to every position, heads of the next two compare them with the words here and copy what followed there. Small models need very many
tokens to find this pair by chance; `seeded` lays it out in the random weights, and training refines it like everything else, but for
the queries and keys of the look-back heads: they depend on the position alone and stay as they are (training blurs them: after 11 M
tokens only 0.62 of the attention was left at the right distance, and names one and two words back were no longer told apart).
"""

import torch
from torch import Tensor

from model import Pocket

CONSTANT = 4.0  # channel 0 of every embedding, in units of the other channels' spread
SPREAD = 0.1
PEAK = 8.0  # attention logit per rotary pair of a look-back head
MATCH = 8.0  # attention logit per word that agrees


def plain(model: Pocket, generator: torch.Generator) -> None:
    """Embedding spread 0.1, matrices 1 / sqrt(width), output projections 0."""
    with torch.no_grad():
        model.embed.weight.normal_(0, SPREAD, generator=generator)
        for block in model.blocks:
            for part in (block.q, block.k, block.v, block.gate, block.up):
                part.weight.normal_(0, model.shape.hidden**-0.5, generator=generator)
            for part in (block.o, block.down):
                part.weight.zero_()


def orthonormal(rows: int, cols: int, generator: torch.Generator) -> Tensor:
    """[rows, cols] with orthonormal rows; channel 0 is left out."""
    q, _ = torch.linalg.qr(torch.randn(cols - 1, rows, generator=generator))
    return torch.cat((torch.zeros(rows, 1), q.T), 1)


def seeded(model: Pocket, generator: torch.Generator) -> None:
    plain(model, generator)
    s = model.shape
    d, half, share = s.head_dim, s.head_dim // 2, s.heads // s.kv_heads
    back = model.blocks[0]
    frequency = s.rope_base ** (-torch.arange(half) / half)
    offsets = list(range(1, min(4, s.heads) + 1))
    identity = orthonormal(d, s.hidden, generator)
    carry = [orthonormal(d, s.hidden, generator) for _ in offsets]
    with torch.no_grad():
        model.embed.weight[:, 0] = 0
        model.embed.weight *= SPREAD * s.hidden**0.5 / model.embed.weight.norm(dim=1, keepdim=True)
        model.embed.weight[:, 0] = CONSTANT * SPREAD
        pairs = (frequency > 0.015).float()
        amplitude = (PEAK * d**0.5) ** 0.5 / CONSTANT * pairs
        for offset in offsets:
            q, kv = slice((offset - 1) * d, offset * d), (offset - 1) // share
            k = slice(kv * d, (kv + 1) * d)
            for matrix, shift in ((back.q.weight[q], -offset), (back.k.weight[k], 0)):
                matrix.zero_()
                angle = frequency * shift
                matrix[:, 0] = torch.cat((amplitude * angle.cos(), amplitude * angle.sin()))
            back.v.weight[k] = identity
            back.o.weight[:, q] = SPREAD * carry[offset - 1].T
        slow = (frequency * s.context < 2.0).nonzero().flatten()
        rows = torch.cat((slow, slow + half))
        for match, kv in ((block, kv) for block in model.blocks[1:3] for kv in range(s.kv_heads)):
            whole = orthonormal(d, s.hidden, generator)
            gain = (MATCH * d**0.5 / (d / 2) / len(rows)) ** 0.5
            maps = [torch.randn(len(rows), d, generator=generator) * gain for _ in offsets]
            key = sum(m @ carry[i] for i, m in enumerate(maps))
            query = maps[0] @ identity + sum(m @ carry[i] for i, m in enumerate(maps[1:]))
            k = slice(kv * d, (kv + 1) * d)
            match.k.weight[k] = 0
            match.k.weight[k][rows] = key
            match.v.weight[k] = whole
            for head in range(kv * share, (kv + 1) * share):
                q = slice(head * d, (head + 1) * d)
                match.q.weight[q] = 0
                match.q.weight[q][rows] = query
                match.o.weight[:, q] = 2 * SPREAD * whole.T


def keep(model: Pocket) -> None:
    """The look-back heads go on looking back."""
    for fixed in (model.blocks[0].q, model.blocks[0].k):
        fixed.weight.requires_grad_(False)
