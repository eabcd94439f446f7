"""Pocket as a GGUF file (architecture llama), and back into a model.

    python export.py RUN OUT.gguf [f16|q8_0]
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from gguf import GGMLQuantizationType, GGUFReader, GGUFWriter, LlamaFileType, TokenType, quants
from tokenizers import Tokenizer

import evaluate
from model import Pocket, Shape
from tokenizer import END

PARTS = {
    "attn_norm": "attn_norm", "attn_q": "q", "attn_k": "k", "attn_v": "v", "attn_output": "o",
    "ffn_norm": "ffn_norm", "ffn_gate": "gate", "ffn_up": "up", "ffn_down": "down",
}  # fmt: skip


def names(shape: Shape) -> dict[str, str]:
    """GGUF tensor name -> parameter name."""
    out = {"token_embd.weight": "embed.weight", "output_norm.weight": "norm.weight"}
    for i in range(shape.layers):
        out |= {f"blk.{i}.{there}.weight": f"blocks.{i}.{here}.weight" for there, here in PARTS.items()}
    return out


def interleaved(rows: np.ndarray, heads: int) -> np.ndarray:
    """Rotary halves (i, i + D/2) to neighbours (2i, 2i + 1), as llama files keep q and k."""
    return rows.reshape(heads, 2, -1, rows.shape[1]).swapaxes(1, 2).reshape(rows.shape)


def halves(rows: np.ndarray, heads: int) -> np.ndarray:
    return rows.reshape(heads, -1, 2, rows.shape[1]).swapaxes(1, 2).reshape(rows.shape)


def heads_of(name: str, shape: Shape) -> int | None:
    """How many heads a permuted tensor has; None for the others."""
    return shape.heads if "attn_q." in name else shape.kv_heads if "attn_k." in name else None


def write(model: Pocket, tokenizer: Tokenizer, path: Path, kind: str) -> None:
    s = model.shape
    type = {"f16": GGMLQuantizationType.F16, "q8_0": GGMLQuantizationType.Q8_0}[kind]
    w = GGUFWriter(str(path), "llama")
    w.add_name("Pocket")
    w.add_description("A small language model trained on generated text, for trying KV-cache precision.")
    w.add_license("apache-2.0")
    w.add_file_type(LlamaFileType.MOSTLY_F16 if kind == "f16" else LlamaFileType.MOSTLY_Q8_0)
    w.add_vocab_size(s.vocab)
    w.add_context_length(s.context)
    w.add_embedding_length(s.hidden)
    w.add_block_count(s.layers)
    w.add_feed_forward_length(s.ffn)
    w.add_head_count(s.heads)
    w.add_head_count_kv(s.kv_heads)
    w.add_key_length(s.head_dim)
    w.add_value_length(s.head_dim)
    w.add_rope_dimension_count(s.head_dim)
    w.add_rope_freq_base(s.rope_base)
    w.add_layer_norm_rms_eps(s.eps)
    table = json.loads(tokenizer.to_str())["model"]
    tokens = sorted(table["vocab"], key=table["vocab"].get)
    w.add_tokenizer_model("gpt2")
    w.add_tokenizer_pre("smollm")
    w.add_token_list(tokens)
    w.add_token_types([TokenType.CONTROL if token == END else TokenType.NORMAL for token in tokens])
    w.add_token_merges([" ".join(pair) for pair in table["merges"]])
    w.add_bos_token_id(table["vocab"][END])
    w.add_eos_token_id(table["vocab"][END])
    w.add_add_bos_token(True)
    state = model.state_dict()
    for there, here in names(s).items():
        values = state[here].float().numpy()
        heads = heads_of(there, s)
        if heads:
            values = interleaved(values, heads)
        if values.ndim == 1:
            w.add_tensor(there, values)
        else:
            w.add_tensor(there, quants.quantize(values, type), raw_dtype=type)
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()


def read(path: Path) -> Pocket:
    """The model of a file that `write` made."""
    reader = GGUFReader(str(path))
    number = lambda key: reader.fields[f"llama.{key}"].contents()  # noqa: E731
    tensors = {t.name: quants.dequantize(t.data, t.tensor_type).copy() for t in reader.tensors}
    shape = Shape(
        vocab=len(tensors["token_embd.weight"]),
        hidden=number("embedding_length"),
        layers=number("block_count"),
        heads=number("attention.head_count"),
        kv_heads=number("attention.head_count_kv"),
        head_dim=number("attention.key_length"),
        ffn=number("feed_forward_length"),
        context=number("context_length"),
        rope_base=number("rope.freq_base"),
        eps=number("attention.layer_norm_rms_epsilon"),
    )
    model = Pocket(shape)
    state = {}
    for there, here in names(shape).items():
        heads = heads_of(there, shape)
        state[here] = torch.from_numpy(halves(tensors[there], heads) if heads else tensors[there])
    model.load_state_dict(state)
    return model


if __name__ == "__main__":
    write(*evaluate.load(Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "f16")
