"""Translation models of a few kilobytes: real files and a real decode, weights drawn at random.

A folder made here is what a CTranslate2 converter leaves behind: weights, vocabulary, config.json
and the tokenizer's own files. The translations mean nothing; everything around them is real.
"""

import io
import json
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import ctranslate2
import numpy as np
import sentencepiece
from ctranslate2.specs import common_spec, model_spec, transformer_spec

_WIDTH = 16
_HEADS = 2
_SEED = 20261122
_SUBJECTS = ("the old man", "a woman", "my brother", "the captain", "nobody", "the two children")
_VERBS = ("sees", "opens", "forgets", "carries home", "is looking for", "talks about")
_OBJECTS = ("the blue door", "a letter from Lisbon", "three boxes", "what was lost", "our city")
SENTENCES = tuple(
    f"{one.capitalize()} {two} {three}{mark}"
    for (one, two, three), mark in zip(
        product(_SUBJECTS, _VERBS, _OBJECTS), ".!?." * 45, strict=True
    )
)


def train_sentencepiece(path: Path, *, symbols: Sequence[str] = (), size: int = 120) -> list[str]:
    """A SentencePiece model on the sentences above, and its pieces; the same every time."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES),
        model_writer=model,
        vocab_size=size,
        character_coverage=1.0,
        user_defined_symbols=list(symbols),
        hard_vocab_limit=False,
        num_threads=1,
        minloglevel=2,
    )
    path.write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    return [processor.id_to_piece(number) for number in range(processor.get_piece_size())]


def save_model(
    folder: Path, tokens: Sequence[str], *, is_marian: bool, adds_end: bool = False
) -> None:
    """Save a one-layer Transformer over these tokens; ``adds_end`` as OPUS-MT's converter does."""
    spec = transformer_spec.TransformerSpec.from_config(
        (1, 1), _HEADS, pre_norm=not is_marian, activation=common_spec.Activation.SWISH
    )
    spec.decoder.start_from_zero_embedding = is_marian
    spec.register_source_vocabulary(list(tokens))
    spec.register_target_vocabulary(list(tokens))
    random = np.random.default_rng(_SEED)
    model_spec.visit_spec(
        spec,
        lambda layer, name, value: (
            _fill(layer, name, len(tokens), random) if value is None else None
        ),
    )
    spec.config.decoder_start_token = "</s>"
    spec.config.add_source_eos = adds_end
    spec.validate()
    spec.optimize()
    spec.save(str(folder))


def _fill(
    layer: model_spec.LayerSpec, name: str, vocabulary: int, random: np.random.Generator
) -> None:
    parts = name.split("/")
    attribute = parts[-1]
    width = _out_features(parts, vocabulary)
    if attribute == "gamma":
        value = np.ones(_WIDTH)
    elif attribute in {"beta", "bias"}:
        value = np.zeros(_WIDTH if attribute == "beta" else width)
    elif parts[-2].startswith("position_encodings"):
        value = random.normal(0, 0.5, (512, _WIDTH))
    elif parts[-2].startswith("embeddings"):
        value = random.normal(0, 1.0, (vocabulary, _WIDTH))
    else:
        value = random.normal(
            0, 0.6, (width, 2 * _WIDTH if "linear_1" in parts[-2] and "ffn" in parts else _WIDTH)
        )
    setattr(layer, attribute, value.astype("float32"))


def _out_features(parts: Sequence[str], vocabulary: int) -> int:
    if "projection" in parts:
        return vocabulary
    if "ffn" in parts:
        return 2 * _WIDTH if parts[-2] == "linear_0" else _WIDTH
    if "self_attention" in parts and parts[-2] == "linear_0":
        return 3 * _WIDTH
    return 2 * _WIDTH if parts[-2] == "linear_1" and "attention" in parts else _WIDTH


def marian_folder(folder: Path, *, targets: Sequence[str] = (), adds_end: bool = False) -> Path:
    """An OPUS-MT model; ``targets`` such as ``por`` make it one into a group of languages."""
    folder.mkdir()
    pieces = train_sentencepiece(folder / "source.spm")
    train_sentencepiece(folder / "target.spm")
    words = [piece for piece in pieces if piece not in {"<s>", "</s>", "<unk>"}]
    tokens = ["</s>", "<unk>", *(f">>{target}<<" for target in targets), *words]
    save_model(folder, tokens, is_marian=True, adds_end=adds_end)
    return folder


def multilingual_folder(folder: Path, language_tokens: Sequence[str], *, spm_name: str) -> Path:
    """An M2M100, NLLB or MADLAD model with these language tokens."""
    folder.mkdir()
    pieces = train_sentencepiece(folder / spm_name)
    tokens = ["<s>", "<pad>", "</s>", "<unk>"]
    tokens += [piece for piece in pieces if piece not in tokens]
    save_model(folder, [*tokens, *language_tokens], is_marian=False)
    return folder


def swap_for_tokenizer_json(folder: Path, spm_name: str) -> None:
    """Replace a folder's SentencePiece file by the tokenizer.json that newer models ship."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / spm_name))
    scored = [
        (processor.id_to_piece(number), processor.get_score(number))
        for number in range(processor.get_piece_size())
    ]
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=processor.unk_id()))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.add_special_tokens(["</s>", "eng_Latn", "por_Latn"])
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / spm_name).unlink()


def vocabulary_of(folder: Path) -> list[str]:
    """The tokens a model was saved with."""
    return list(json.loads((folder / "shared_vocabulary.json").read_text(encoding="utf-8")))


def reference_log_prob(folder: Path, source: list[str], target: list[str]) -> float:
    """Mean log probability of a target (end token included), by the engine's own scorer."""
    (scored,) = ctranslate2.Translator(str(folder)).score_batch([source], [target])
    return float(np.mean(scored.log_probs))
