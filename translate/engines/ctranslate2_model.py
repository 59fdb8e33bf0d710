"""What a folder with a converted CTranslate2 translation model is, read from its files."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from subtitles.language import LanguageTag
from translate.engines.language_codes import ModelFamily, has_language_tokens, language_token
from translate.errors import InvalidModelFolderError
from translate.translator import LanguagePair

_WEIGHTS = "model.bin"
_CONFIG = "config.json"
_MULTILINGUAL = (ModelFamily.NLLB, ModelFamily.M2M100, ModelFamily.MADLAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFolder:
    """A converted model.

    Attributes:
        path: The folder.
        family: How the model is told the languages.
        vocabulary: Tokens of the target side.
        adds_end: The engine itself closes the source with the end-of-sentence token.
        pairs: For a model that names no languages (a bilingual OPUS-MT one), what it serves.
    """

    path: Path
    family: ModelFamily
    vocabulary: frozenset[str]
    adds_end: bool
    pairs: frozenset[LanguagePair]

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

    @property
    def has_targets(self) -> bool:
        """Whether the target language must be named in the input."""
        return has_language_tokens(self.family, self.vocabulary)

    def token(self, language: LanguageTag) -> str | None:
        """The vocabulary's token for a language."""
        return language_token(self.family, language, self.vocabulary)

    def _is_listed(self, pair: LanguagePair) -> bool:
        if self.family is ModelFamily.MARIAN and self.has_targets:
            return any(pair.source == listed.source for listed in self.pairs)
        return pair in self.pairs


def open_model_folder(path: Path, pairs: Collection[LanguagePair] = ()) -> ModelFolder:
    """Read what kind of model lies in a folder.

    Args:
        path: A folder made by a CTranslate2 converter, with the model's tokenizer files.
        pairs: Pairs it serves, needed for OPUS-MT models, whose files do not say; else a limit.

    Raises:
        InvalidModelFolderError: when files are missing, damaged or of no known family.
    """
    if not (path / _WEIGHTS).is_file():
        raise InvalidModelFolderError(str(path), f"there is no {_WEIGHTS}")
    config = _json(path / _CONFIG) if (path / _CONFIG).is_file() else {}
    if not isinstance(config, dict):
        raise InvalidModelFolderError(str(path), f"{_CONFIG} is damaged")
    target = _vocabulary(path, "target")
    source = _vocabulary(path, "source")
    family = _family(path, source | target)
    return ModelFolder(
        path=path,
        family=family,
        # OPUS-MT writes ">>xx<<" into the source; the others' language tokens are on both sides.
        vocabulary=source if family is ModelFamily.MARIAN else target,
        adds_end=bool(config.get("add_source_eos", False)),
        pairs=frozenset(pairs),
    )


def _family(path: Path, vocabulary: Collection[str]) -> ModelFamily:
    if (path / "source.spm").is_file() and (path / "target.spm").is_file():
        return ModelFamily.MARIAN
    for family in _MULTILINGUAL:
        if has_language_tokens(family, vocabulary):
            return family
    raise InvalidModelFolderError(
        str(path), "no source.spm and target.spm, and no language tokens in its vocabulary"
    )


def _vocabulary(path: Path, side: str) -> frozenset[str]:
    for name in (f"{side}_vocabulary", "shared_vocabulary"):
        if (path / f"{name}.json").is_file():
            tokens = _json(path / f"{name}.json")
            if not isinstance(tokens, list):
                raise InvalidModelFolderError(str(path), f"{name}.json is damaged")
            return frozenset(map(str, tokens))
        if (path / f"{name}.txt").is_file():
            return frozenset((path / f"{name}.txt").read_text(encoding="utf-8").splitlines())
    raise InvalidModelFolderError(str(path), "there is no vocabulary file")


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:  # broken JSON or broken UTF-8
        raise InvalidModelFolderError(str(path.parent), f"{path.name} is damaged") from error
