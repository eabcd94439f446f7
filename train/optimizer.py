"""Muon for the matrices of the blocks, AdamW for the embedding and the norms."""

import torch
from torch import Tensor


def orthogonal(matrices: Tensor, steps: int = 5) -> Tensor:
    """Newton-Schulz iteration on a stack of matrices: singular values near 1, vectors kept."""
    x = matrices.bfloat16()
    tall = x.shape[-2] > x.shape[-1]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(steps):
        square = x @ x.mT
        x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
    return (x.mT if tall else x).float()


class Muon(torch.optim.Optimizer):
    def __init__(self, params, lr: float, momentum: float = 0.95, decay: float = 0.01):
        super().__init__(list(params), {"lr": lr, "momentum": momentum, "decay": decay})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            stacks: dict[torch.Size, list] = {}
            for p in group["params"]:
                state = self.state[p]
                if "speed" not in state:
                    state["speed"] = torch.zeros_like(p)
                state["speed"].lerp_(p.grad, 1 - group["momentum"])
                stacks.setdefault(p.shape, []).append((p, p.grad.lerp(state["speed"], group["momentum"])))
            for shape, pairs in stacks.items():
                # 0.2 * sqrt(longer side): the step of each number is as large as AdamW's.
                size = 0.2 * max(shape) ** 0.5 * group["lr"]
                for (p, _), update in zip(pairs, orthogonal(torch.stack([u for _, u in pairs]))):
                    p.mul_(1 - group["lr"] * group["decay"]).add_(update, alpha=-size)


def optimizers(model, lr: float) -> list[torch.optim.Optimizer]:
    learned = [p for p in model.parameters() if p.requires_grad]
    matrices = [p for p in model.blocks.parameters() if p.ndim == 2 and p.requires_grad]
    rest = [p for p in learned if all(p is not m for m in matrices)]
    both = [Muon(matrices, lr), torch.optim.AdamW(rest, lr / 2, betas=(0.9, 0.95), weight_decay=0.0)]
    for optimizer in both:
        for group in optimizer.param_groups:
            group["top"] = group["lr"]
    return both
