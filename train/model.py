"""A plain Llama: RMSNorm, grouped-query attention with rotary positions (halves, as in Hugging Face), SwiGLU, tied output head."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass
class Shape:
    vocab: int = 1536
    hidden: int = 256
    layers: int = 4
    heads: int = 4
    kv_heads: int = 2
    head_dim: int = 64
    ffn: int = 512
    context: int = 1024
    rope_base: float = 5e6
    eps: float = 1e-5


class Norm(nn.Module):
    def __init__(self, width: int, eps: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        return F.rms_norm(x, (x.shape[-1],), self.weight.to(x.dtype), self.eps)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    a, b = x.chunk(2, -1)
    return torch.cat((a * cos - b * sin, b * cos + a * sin), -1)


class Block(nn.Module):
    def __init__(self, s: Shape):
        super().__init__()
        self.shape = s
        linear = lambda rows, cols: nn.Linear(cols, rows, bias=False)  # noqa: E731
        self.attn_norm, self.ffn_norm = Norm(s.hidden, s.eps), Norm(s.hidden, s.eps)
        self.q, self.o = linear(s.heads * s.head_dim, s.hidden), linear(s.hidden, s.heads * s.head_dim)
        self.k, self.v = linear(s.kv_heads * s.head_dim, s.hidden), linear(s.kv_heads * s.head_dim, s.hidden)
        self.gate, self.up, self.down = linear(s.ffn, s.hidden), linear(s.ffn, s.hidden), linear(s.hidden, s.ffn)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape
        split = lambda y: y.view(batch, length, -1, self.shape.head_dim).transpose(1, 2)  # noqa: E731
        h = self.attn_norm(x)
        q, k, v = rotate(split(self.q(h)), cos, sin), rotate(split(self.k(h)), cos, sin), split(self.v(h))
        share = self.shape.heads // self.shape.kv_heads
        k, v = k.repeat_interleave(share, 1), v.repeat_interleave(share, 1)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None)
        x = x + self.o(mixed.transpose(1, 2).reshape(batch, length, -1))
        h = self.ffn_norm(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Pocket(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.embed = nn.Embedding(shape.vocab, shape.hidden)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = Norm(shape.hidden, shape.eps)
        half = shape.head_dim // 2
        angle = torch.outer(torch.arange(shape.context), shape.rope_base ** (-torch.arange(half) / half))
        self.register_buffer("cos", angle.cos(), persistent=False)
        self.register_buffer("sin", angle.sin(), persistent=False)

    def hidden(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """ids [batch, length] -> normed rows [batch, length, hidden]; `mask` [batch, 1, length, length] instead of plain causal."""
        x = self.embed(ids)
        if torch.is_autocast_enabled("cpu"):
            x = x.bfloat16()
        cos, sin = (table[: ids.shape[1]].to(x.dtype) for table in (self.cos, self.sin))
        for block in self.blocks:
            x = block(x, cos, sin, mask)
        return self.norm(x)

    def logits(self, rows: Tensor) -> Tensor:
        return rows @ self.embed.weight.to(rows.dtype).T

    def forward(self, ids: Tensor) -> Tensor:
        return self.logits(self.hidden(ids))
