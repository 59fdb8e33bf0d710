"""Sentence pairs as token numbers: what batches are cut from."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from translate.training.errors import InvalidRunError, MixedLanguagesError
from translate.training.pairs import SentencePair
from translate.training.vocabulary import Vocabulary

Numbers: TypeAlias = npt.NDArray[np.int32]

MAX_PIECES = 200
"""Of one side of a pair. A subtitle sentence hardly has 60; models know some 500 positions."""
# Every second source with such marks is shown with typographic ones: subtitles have both.
_TYPOGRAPHIC = str.maketrans({"'": "’"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of all pairs: pair ``n`` is ``tokens[starts[n] : starts[n + 1]]``, without end."""

    tokens: Numbers
    starts: Numbers

    def of(self, pair: int) -> Numbers:
        """The tokens of one pair."""
        return self.tokens[self.starts[pair] : self.starts[pair + 1]]

    @property
    def lengths(self) -> Numbers:
        """Tokens of each pair."""
        return np.diff(self.starts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Encoded pairs.

    Attributes:
        sources: Without language tokens.
        targets: Likewise.
        languages: For each pair the number of the token that names its target, -1 for none.
        revision: SHA-256 of all that, so that a run never goes on with other data.
    """

    sources: Side
    targets: Side
    languages: Numbers
    revision: str

    def __len__(self) -> int:
        return len(self.languages)


def encoded(pairs: Sequence[SentencePair], vocabulary: Vocabulary) -> Corpus:
    """Pairs in the model's numbers; those of more than `MAX_PIECES` on a side are left out.

    Raises:
        UnnamedLanguageError: for a pair into a language the vocabulary does not name.
        MixedLanguagesError: for several languages when it names none.
    """
    languages = {one.language for one in pairs}
    if len(languages) > 1 and not vocabulary.languages:
        raise MixedLanguagesError(tuple(sorted(languages)))
    prefixes = {one: next(iter(vocabulary.prefix(one)), -1) for one in languages}
    sources: list[Sequence[int]] = []
    targets: list[Sequence[int]] = []
    named: list[int] = []
    for number, pair in enumerate(pairs):
        source, target = vocabulary.source(_shown(pair, number)), vocabulary.target(pair.target)
        if max(len(source), len(target)) <= MAX_PIECES:
            sources.append(source)
            targets.append(target)
            named.append(prefixes[pair.language])
    return _signed(_side(sources), _side(targets), np.array(named, dtype=np.int32))


def write_corpus(corpus: Corpus, path: Path) -> None:
    """Save a corpus; the file appears whole or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("wb") as stream:
        np.savez(
            stream,
            sources=corpus.sources.tokens,
            source_starts=corpus.sources.starts,
            targets=corpus.targets.tokens,
            target_starts=corpus.targets.starts,
            languages=corpus.languages,
        )
    partial.replace(path)


def read_corpus(path: Path) -> Corpus:
    """Read what `write_corpus` wrote.

    Raises:
        InvalidRunError: when the file is missing or damaged.
    """
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            return _signed(
                Side(tokens=arrays["sources"], starts=arrays["source_starts"]),
                Side(tokens=arrays["targets"], starts=arrays["target_starts"]),
                arrays["languages"],
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise InvalidRunError(str(path.parent), f"{path.name} is missing or damaged") from error


def _shown(pair: SentencePair, number: int) -> str:
    return pair.source.translate(_TYPOGRAPHIC) if number % 2 else pair.source


def _side(rows: Sequence[Sequence[int]]) -> Side:
    starts = np.zeros(len(rows) + 1, dtype=np.int32)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    tokens = np.fromiter((one for row in rows for one in row), np.int32, int(starts[-1]))
    return Side(tokens=tokens, starts=starts)


def _signed(sources: Side, targets: Side, languages: Numbers) -> Corpus:
    digest = hashlib.sha256()
    for array in (sources.tokens, sources.starts, targets.tokens, targets.starts, languages):
        digest.update(np.ascontiguousarray(array, dtype="<i4").tobytes())
    return Corpus(
        sources=sources, targets=targets, languages=languages, revision=digest.hexdigest()
    )
