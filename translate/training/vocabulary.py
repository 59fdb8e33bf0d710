"""The subword vocabulary of a Marian model: two SentencePiece models and one list of tokens.

The files are those of an OPUS-MT model: ``source.spm`` and ``target.spm`` cut text into pieces,
``vocab.json`` numbers the pieces, ``</s>`` first and ``<pad>`` last. A target language is named by
a token such as ``>>es<<``, which is in ``vocab.json`` alone: no text can spell it.
"""

import io
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sentencepiece

from subtitles.language import LanguageTag
from translate.engines.language_codes import ModelFamily, is_language_token, language_token
from translate.training.errors import InvalidStartModelError, UnnamedLanguageError

SPM_FILES = ("source.spm", "target.spm")
VOCABULARY_FILE = "vocab.json"
_TOKENIZER_CONFIG = "tokenizer_config.json"
_END, _UNKNOWN, _PAD = "</s>", "<unk>", "<pad>"
# Typographic marks are rare in training text and frequent in subtitles: each is a piece for sure.
_REQUIRED = "’‘“”„«»…–—¿¡♪"
_COVERAGE = 0.9999


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Text to token numbers, as the model counts them."""

    tokens: Mapping[str, int]
    _source: Any
    _target: Any

    @property
    def size(self) -> int:
        """Tokens, the padding included."""
        return len(self.tokens)

    @property
    def end(self) -> int:
        """Number of the token that ends a sequence."""
        return self.tokens[_END]

    @property
    def languages(self) -> frozenset[str]:
        """The tokens that name target languages; empty for a model of one pair."""
        return frozenset(
            token for token in self.tokens if is_language_token(ModelFamily.MARIAN, token)
        )

    def source(self, text: str) -> list[int]:
        """Pieces of a source text, without language and end."""
        return self._numbers(self._source, text)

    def target(self, text: str) -> list[int]:
        """Pieces of a target text, without end."""
        return self._numbers(self._target, text)

    def prefix(self, language: LanguageTag) -> list[int]:
        """What stands before a source that is to be translated into ``language``.

        Raises:
            UnnamedLanguageError: when the vocabulary names languages, but not this one.
        """
        named = self.languages
        if not named:
            return []
        token = language_token(ModelFamily.MARIAN, language, named)
        if token is None:
            raise UnnamedLanguageError(language, tuple(sorted(named)))
        return [self.tokens[token]]

    def _numbers(self, processor: Any, text: str) -> list[int]:  # noqa: ANN401 -- untyped
        unknown = self.tokens[_UNKNOWN]
        return [self.tokens.get(piece, unknown) for piece in processor.encode(text, out_type=str)]


def train_vocabulary(
    texts: Iterable[str], folder: Path, *, size: int, languages: Collection[LanguageTag]
) -> None:
    """Write the vocabulary files of a new model; the same input gives the same bytes.

    Args:
        texts: Sentences of all languages.
        folder: An existing folder.
        size: Pieces wanted, 256 single bytes for unseen characters included; fewer are made when
            the text has no more.
        languages: Targets the model is to name.
    """
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=model,
        vocab_size=size,
        hard_vocab_limit=False,
        model_type="unigram",
        byte_fallback=True,
        character_coverage=_COVERAGE,
        required_chars=_REQUIRED,
        num_threads=1,  # sums of several threads depend on their order
        minloglevel=2,
    )
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    pieces = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    words = [piece for piece in pieces if piece not in {"<s>", _END, _UNKNOWN}]
    named = [f">>{language}<<" for language in sorted(set(languages))]
    tokens = [_END, _UNKNOWN, *named, *words, _PAD]
    for name in SPM_FILES:
        (folder / name).write_bytes(model.getvalue())
    numbered = {token: number for number, token in enumerate(tokens)}
    _write_json(folder / VOCABULARY_FILE, numbered)
    _write_json(folder / _TOKENIZER_CONFIG, {"tokenizer_class": "MarianTokenizer"})


def open_vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary that lies in a Marian model's folder.

    Raises:
        InvalidStartModelError: when files are missing or damaged, or the two sides have separate
            vocabularies.
    """
    try:
        tokens = json.loads((folder / VOCABULARY_FILE).read_text(encoding="utf-8"))
        source, target = (
            sentencepiece.SentencePieceProcessor(model_file=str(folder / name))
            for name in SPM_FILES
        )
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: a damaged .spm
        raise InvalidStartModelError(str(folder), "its vocabulary cannot be read") from error
    if (folder / "target_vocab.json").exists():
        raise InvalidStartModelError(str(folder), "its sides have separate vocabularies")
    if not isinstance(tokens, dict) or not {_END, _UNKNOWN, _PAD} <= tokens.keys():
        raise InvalidStartModelError(str(folder), f"{VOCABULARY_FILE} is damaged")
    if tokens[_PAD] != len(tokens) - 1:
        raise InvalidStartModelError(str(folder), "its padding is not the last token")
    return Vocabulary(tokens, source, target)


def _write_json(path: Path, content: Mapping[str, object]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
