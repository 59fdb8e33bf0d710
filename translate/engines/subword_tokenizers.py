"""Subword tokenizers of translation models: SentencePiece files, or a tokenizer.json.

The only module that knows sentencepiece and transformers. Language and end-of-sentence tokens are
the model's business (`codec`); here text becomes pieces and pieces text.
"""

import os
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import sentencepiece

from translate.errors import MissingTokenizerError
from translate.sentencing.offsets import places

_MARIAN_FILES = ("source.spm", "target.spm")
_SHARED_FILES = (
    "sentencepiece.bpe.model",
    "spiece.model",
    "sentencepiece.model",
    "flores200_sacrebleu_tokenizer_spm.model",
)
_TOKENIZER_JSON = "tokenizer.json"
TOKENIZER_FILES = (*_MARIAN_FILES, *_SHARED_FILES, _TOKENIZER_JSON)
"""Every file that a tokenizer is read from."""

_CONTROLS = frozenset({"<s>", "</s>", "<pad>", "<unk>", "<mask>"})


Places = list[tuple[int, int]]
"""For each piece the characters that it stands for; empty for a piece of part of a character."""


class Tokenizer(Protocol):
    """Text into subword pieces and back."""

    def pieces(self, texts: Sequence[str]) -> list[list[str]]:
        """Each text's pieces, without any control token, whatever the text says."""
        ...

    def source_places(self, text: str) -> Places:
        """Where in the text each of its pieces stands."""
        ...

    def text(self, pieces: Sequence[str]) -> str:
        """The text that pieces of the target language stand for."""
        ...

    def target_places(self, pieces: Sequence[str]) -> Places:
        """Where in their text pieces of the target language stand."""
        ...


class SentencePieceTokenizer:
    """Two SentencePiece models, or one for both sides."""

    def __init__(self, source: Path, target: Path) -> None:
        self._source = _loaded(source)
        self._target = self._source if target == source else _loaded(target)

    def pieces(self, texts: Sequence[str]) -> list[list[str]]:
        """Pieces without any control token: SentencePiece never makes one out of text."""
        encodable = [_encodable(text) for text in texts]
        found: list[list[str]] = self._source.encode(encodable, out_type=str, num_threads=1)
        return found

    def source_places(self, text: str) -> Places:
        """Where in the text each of its pieces stands, as its normalisation has it."""
        encoded = self._source.encode(_encodable(text), return_type="offset_mapping")
        return [(start, end) for start, end in encoded["offsets"]]

    def text(self, pieces: Sequence[str]) -> str:
        """The text that pieces of the target language stand for."""
        return str(self._target.decode_pieces(list(pieces)))

    def target_places(self, pieces: Sequence[str]) -> Places:
        """Where in their text pieces of the target language stand."""
        if not pieces:
            return []
        decoded = self._target.decode(list(pieces), return_type="offset_mapping")
        return [(start, end) for start, end in decoded["offsets"]]


class TransformersTokenizer:
    """A tokenizer.json, read with transformers and without torch."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = _fast_tokenizer(path)
        # Unigram models hold their control tokens as ordinary pieces and find them in text.
        self._controls = _CONTROLS | {str(one) for one in self._tokenizer.all_special_tokens}

    def pieces(self, texts: Sequence[str]) -> list[list[str]]:
        """Pieces; a text that spells a control token gets its letters, not the token."""
        return [[str(piece) for piece in self._encoded(text).tokens()] for text in texts]

    def source_places(self, text: str) -> Places:
        """Where in the text each of its pieces stands."""
        offsets = self._encoded(text)["offset_mapping"]
        back = places(self._disarmed(text), text)
        return [(back[start], back[end]) for start, end in offsets]

    def text(self, pieces: Sequence[str]) -> str:
        """The text that pieces of the target language stand for."""
        return str(self._tokenizer.convert_tokens_to_string(list(pieces)))

    def target_places(self, pieces: Sequence[str]) -> Places:
        """Where in their text pieces stand: from what each adds to the text of those before it."""
        ends = [0]
        for number in range(1, len(pieces) + 1):
            text = self._tokenizer.convert_tokens_to_string(list(pieces[:number]))
            ends.append(max(ends[-1], len(text)))
        return [(start, end) for start, end in pairwise(ends)]

    def _encoded(self, text: str) -> Any:  # noqa: ANN401 -- transformers is untyped here
        return self._tokenizer(
            self._disarmed(text),
            add_special_tokens=False,
            split_special_tokens=True,
            return_offsets_mapping=True,
        )

    def _disarmed(self, text: str) -> str:
        for token in self._controls:
            text = text.replace(token, f"{token[0]} {token[1:]}")
        return _encodable(text)


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer that lies in a model folder; SentencePiece files are preferred.

    Raises:
        MissingTokenizerError: when there is none, or it cannot be read.
    """
    source, target = (folder / name for name in _MARIAN_FILES)
    if source.is_file() and target.is_file():
        return SentencePieceTokenizer(source, target)
    for name in _SHARED_FILES:
        if (folder / name).is_file():
            return SentencePieceTokenizer(folder / name, folder / name)
    if (folder / _TOKENIZER_JSON).is_file():
        return TransformersTokenizer(folder / _TOKENIZER_JSON)
    raise MissingTokenizerError(str(folder), "none of the known files is there")


def has_marian_files(folder: Path) -> bool:
    """Whether the folder holds one SentencePiece model a side, as OPUS-MT models do."""
    return all((folder / name).is_file() for name in _MARIAN_FILES)


def _encodable(text: str) -> str:
    """The text without half characters, of which there is no UTF-8; as long as it was."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _loaded(path: Path) -> Any:  # noqa: ANN401 -- sentencepiece is untyped
    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:  # sentencepiece reports damage as RuntimeError
        raise MissingTokenizerError(str(path.parent), f"{path.name} is damaged") from error


def _fast_tokenizer(path: Path) -> Any:  # noqa: ANN401 -- transformers is untyped here
    # Imported on use: transformers takes seconds to import, and SentencePiece files need none of
    # it. It advises to install torch, which tokenizers do not need; its warnings stay on.
    os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")
    from transformers import PreTrainedTokenizerFast  # noqa: PLC0415 -- see above

    try:
        return PreTrainedTokenizerFast(tokenizer_file=str(path))
    except Exception as error:  # tokenizers raises bare Exception for a damaged file
        raise MissingTokenizerError(str(path.parent), f"{path.name} is damaged") from error
