"""A folder with a translation model: its family, its tokens, and which pairs it serves."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from subtitles.language import LanguageTag
from translate.engines.language_codes import ModelFamily, has_language_tokens, language_token
from translate.engines.subword_tokenizers import has_marian_files
from translate.errors import InvalidModelFolderError
from translate.translator import LanguagePair

CONFIG_FILE = "config.json"

LIMITS_FILE = "limits.json"
LONGEST_SENTENCE = "longest_sentence_chars"
"""Its entry: nine of ten sentences of the training were as short."""

_MULTILINGUAL = (ModelFamily.NLLB, ModelFamily.M2M100, ModelFamily.MADLAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFolder:
    """What a model's files say of it.

    Attributes:
        path: The folder.
        family: How the model is told the languages.
        vocabulary: The tokens among which those that name languages are.
        adds_end: The engine itself closes the source with the end-of-sentence token.
        pairs: For a model that names no languages (a bilingual OPUS-MT one), what it serves.
        longest_sentence_chars: Longer sentences are cut at clauses and joined again: what is longer
            than the sentences it was trained on a small model renders by something else. None
            where the files do not say.
        has_targets: Whether the target language must be named in the input; read off the
            vocabulary.
    """

    path: Path
    family: ModelFamily
    vocabulary: frozenset[str]
    adds_end: bool
    pairs: frozenset[LanguagePair]
    longest_sentence_chars: int | None = None
    has_targets: bool = field(init=False)

    def __post_init__(self) -> None:
        # Known once and not looked up: a vocabulary is large, and every sentence asks.
        named = has_language_tokens(self.family, self.vocabulary)
        object.__setattr__(self, "has_targets", named)

    def supports(self, pair: LanguagePair) -> bool:
        """Whether the model serves a pair.

        A model that names languages serves every pair whose languages it names, whole or by the
        rules of `language_token`; ``pairs`` then narrows it. One that names only targets (OPUS-MT
        into a group) serves the source languages of ``pairs``. One that names none serves
        ``pairs`` alone. Never a language into itself.
        """
        if pair.source == pair.target or (self.pairs and not self._is_listed(pair)):
            return False
        if self.family is not ModelFamily.MARIAN:
            return self.token(pair.source) is not None and self.token(pair.target) is not None
        if not self.pairs:
            return False
        return not self.has_targets or self.token(pair.target) is not None

    def token(self, language: LanguageTag) -> str | None:
        """The vocabulary's token for a language."""
        return language_token(self.family, language, self.vocabulary)

    def _is_listed(self, pair: LanguagePair) -> bool:
        if self.family is ModelFamily.MARIAN and self.has_targets:
            return any(pair.source == listed.source for listed in self.pairs)
        return pair in self.pairs


def family_of(folder: Path, vocabulary: Collection[str]) -> ModelFamily:
    """The family of a model, by its tokenizer's files and its tokens.

    Raises:
        InvalidModelFolderError: for a family that nobody here knows how to speak to.
    """
    if has_marian_files(folder):
        return ModelFamily.MARIAN
    for family in _MULTILINGUAL:
        if has_language_tokens(family, vocabulary):
            return family
    raise InvalidModelFolderError(
        str(folder), "no source.spm and target.spm, and no language tokens in its vocabulary"
    )


def read_json(path: Path) -> object:
    """What a file of a model folder holds.

    Raises:
        InvalidModelFolderError: broken JSON or broken UTF-8.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InvalidModelFolderError(str(path.parent), f"{path.name} is damaged") from error


def longest_sentence_of(folder: Path) -> int | None:
    """What a model's files say of the sentences it was trained on; None when they do not.

    Raises:
        InvalidModelFolderError: they say something that is no length.
    """
    path = folder / LIMITS_FILE
    if not path.is_file():
        return None
    told = read_json(path)
    longest = told.get(LONGEST_SENTENCE) if isinstance(told, dict) else None
    if not isinstance(longest, int) or longest < 1:
        raise InvalidModelFolderError(str(folder), f"{LIMITS_FILE} names no {LONGEST_SENTENCE}")
    return longest
