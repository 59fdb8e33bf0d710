"""Checkpoints of a few kilobytes, as transformers saves them; weights drawn at random.

The translations mean nothing; files, tokenizers and networks are those of the families. Importing
this module needs no PyTorch, making a checkpoint does.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sentencepiece
from tiny_models import SENTENCES, train_sentencepiece

_SEED = 20261123
_WIDTH = 16
_EAGER_TO_END = 4.0
_LANGUAGES = {"nllb": ("eng_Latn", "por_Latn"), "madlad": ("<2en>", "<2pt>")}
_COMMON = {
    "d_model": _WIDTH,
    "encoder_layers": 1,
    "decoder_layers": 2,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 2 * _WIDTH,
    "decoder_ffn_dim": 2 * _WIDTH,
    "max_position_embeddings": 512,
    "init_std": 0.6,
    "dropout": 0.0,
}


def marian_checkpoint(folder: Path, *, targets: Sequence[str] = ()) -> Path:
    """An OPUS-MT model; ``targets`` such as ``por`` make it one into a group of languages."""
    from transformers import MarianConfig, MarianMTModel

    folder.mkdir()
    pieces = train_sentencepiece(folder / "source.spm")
    train_sentencepiece(folder / "target.spm")
    words = [piece for piece in pieces if piece not in {"<s>", "</s>", "<unk>"}]
    tokens = ["</s>", "<unk>", *words, *(f">>{target}<<" for target in targets), "<pad>"]
    _write_json(folder / "vocab.json", {token: number for number, token in enumerate(tokens)})
    _write_json(folder / "tokenizer_config.json", {"source_lang": "eng", "target_lang": "por"})
    pad = len(tokens) - 1
    config = MarianConfig(
        **_COMMON,
        vocab_size=len(tokens),
        activation_function="swish",
        scale_embedding=True,
        pad_token_id=pad,
        decoder_start_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=0,
    )
    return _saved(MarianMTModel, config, folder)


def m2m_checkpoint(folder: Path) -> Path:
    """An M2M100 model: its hundred languages, and words to fill up as the original has them."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration

    folder.mkdir()
    pieces = train_sentencepiece(folder / "sentencepiece.bpe.model")
    first = ["<s>", "<pad>", "</s>", "<unk>"]
    tokens = [*first, *(piece for piece in pieces if piece not in first)]
    _write_json(folder / "vocab.json", {token: number for number, token in enumerate(tokens)})
    config = M2M100Config(
        **_COMMON,
        vocab_size=len(tokens) + 100 + 8,
        activation_function="relu",
        scale_embedding=True,
        decoder_start_token_id=2,
    )
    return _saved(M2M100ForConditionalGeneration, config, folder)


def nllb_checkpoint(folder: Path) -> Path:
    """An NLLB model of two languages, with the tokenizer.json beside its SentencePiece file."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    folder.mkdir()
    spm = folder / "sentencepiece.bpe.model"
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES),
        model_prefix=str(folder / "spm"),
        model_type="bpe",
        vocab_size=300,  # short sequences: random weights never end by themselves
        character_coverage=1.0,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    (folder / "spm.vocab").unlink()
    (folder / "spm.model").rename(spm)
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "NllbTokenizer",
            "additional_special_tokens": list(_LANGUAGES["nllb"]),
        },
    )
    tokenizer = NllbTokenizer.from_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))
    config = M2M100Config(
        **_COMMON,
        vocab_size=len(tokenizer),
        activation_function="relu",
        scale_embedding=True,
        decoder_start_token_id=2,
    )
    _write_json(folder / "config.json", config.to_dict())
    return _saved(M2M100ForConditionalGeneration, config, folder)


def madlad_checkpoint(folder: Path) -> Path:
    """A MADLAD model of two languages: T5 with language tokens among its pieces."""
    from transformers import T5Config, T5ForConditionalGeneration

    folder.mkdir()
    pieces = train_sentencepiece(folder / "spiece.model", symbols=_LANGUAGES["madlad"])
    _write_json(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "T5Tokenizer", "extra_ids": 0, "pad_token": "<s>"},
    )
    config = T5Config(
        vocab_size=len(pieces) + 3,
        d_model=_WIDTH,
        d_kv=_WIDTH // 2,
        d_ff=2 * _WIDTH,
        num_layers=2,
        num_decoder_layers=2,
        num_heads=2,
        feed_forward_proj="gated-gelu",
        tie_word_embeddings=False,
        dropout_rate=0.0,
        decoder_start_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
    )
    return _saved(T5ForConditionalGeneration, config, folder)


CHECKPOINTS = {
    "marian": marian_checkpoint,
    "marian-group": lambda folder: marian_checkpoint(folder, targets=("por", "spa")),
    "m2m100": m2m_checkpoint,
    "nllb": nllb_checkpoint,
    "madlad": madlad_checkpoint,
}
"""By what they are."""


def _saved(network: Any, config: Any, folder: Path) -> Path:
    import torch

    torch.manual_seed(_SEED)
    made = network(config)
    if hasattr(made, "final_logits_bias"):
        # Random weights hardly ever end a sequence by themselves, and tests would wait for it.
        made.final_logits_bias[0, config.eos_token_id] = _EAGER_TO_END
    made.save_pretrained(str(folder))
    return folder


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")
