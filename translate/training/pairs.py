"""Sentence pairs: read from files that nobody vouches for, and sifted before training."""

import lzma
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from subtitles.language import LanguageTag, UnknownLanguageError, parse_language
from translate.training.errors import MalformedPairsError

MAX_CHARS = 1_000
"""Of one side. A subtitle sentence hardly has 200; what is longer is no sentence."""
_MAX_LINE_CHARS = 4 * MAX_CHARS
# Translations between European languages hardly differ by more; short ones may ("OK", "D'accord").
_MAX_RATIO = 3.0
_RATIO_SLACK_CHARS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SentencePair:
    """A sentence and its translation.

    Attributes:
        source: Plain text of one line.
        target: Likewise.
        language: Of ``target``.
    """

    source: str
    target: str
    language: LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class SiftedPairs:
    """What training is given, and why the rest is not.

    Attributes:
        pairs: In the order of the input.
        left_out: How many pairs by reason.
    """

    pairs: tuple[SentencePair, ...]
    left_out: Mapping[str, int]


def read_pairs(path: Path, language: LanguageTag | None = None) -> Iterator[SentencePair]:
    """The pairs of a tab-separated file, in order; ``.xz`` files are unpacked while reading.

    Args:
        path: Lines of source and translation, or of target language, source and translation.
        language: The target language of a file with two columns.

    Raises:
        MalformedPairsError: for a line of another shape, not UTF-8, or absurdly long.
        OSError: when the file cannot be read.
    """
    with _opened(path) as stream:
        for number, line in _lines(path, stream):
            cells = line.split("\t")
            if language is None and len(cells) == 3:  # noqa: PLR2004 -- columns
                cells, named = cells[1:], _language(path, number, cells[0])
            elif language is not None and len(cells) == 2:  # noqa: PLR2004 -- columns
                named = language
            else:
                raise MalformedPairsError(str(path), number, f"it has {len(cells)} columns")
            source, target = (" ".join(cell.split()) for cell in cells)
            yield SentencePair(source=source, target=target, language=named)


def sift(pairs: Iterable[SentencePair], held_out: Set[str] = frozenset()) -> SiftedPairs:
    """The pairs worth training on.

    Args:
        pairs: Whatever was read.
        held_out: `folded` sources that must not be trained on.
    """
    kept: dict[SentencePair, None] = {}
    left_out: Counter[str] = Counter()
    for pair in pairs:
        reason = "repeated" if pair in kept else _fault(pair, held_out)
        if reason is None:
            kept[pair] = None
        else:
            left_out[reason] += 1
    return SiftedPairs(pairs=tuple(kept), left_out=dict(left_out))


def folded(text: str) -> str:
    """A text by its letters and digits alone: what counts as the same sentence."""
    letters = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in letters if one.isalnum())


def _fault(pair: SentencePair, held_out: Set[str]) -> str | None:
    source, target = folded(pair.source), folded(pair.target)
    if not source or not target:
        return "without letters"
    if source in held_out:
        return "held out"
    if max(len(pair.source), len(pair.target)) > MAX_CHARS:
        return "too long"
    shorter, longer = sorted((len(source), len(target)))
    if longer > _MAX_RATIO * shorter + _RATIO_SLACK_CHARS:
        return "of different lengths"
    # Names and numbers are alike in all languages; whole sentences are not.
    if source == target and " " in pair.source:
        return "not translated"
    return None


def _opened(path: Path) -> TextIO:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8", newline="\n")
    return path.open(encoding="utf-8", newline="\n")


def _lines(path: Path, stream: TextIO) -> Iterator[tuple[int, str]]:
    """Numbered lines; a line is read up to a limit only, so a bomb cannot fill the memory."""
    number = 0
    try:
        while line := stream.readline(_MAX_LINE_CHARS):
            number += 1
            if len(line) >= _MAX_LINE_CHARS:
                raise MalformedPairsError(str(path), number, "it is too long")
            if line.strip():
                yield number, line.rstrip("\r\n")
    except (UnicodeDecodeError, lzma.LZMAError, EOFError) as error:
        raise MalformedPairsError(str(path), number + 1, "it is damaged or not UTF-8") from error


def _language(path: Path, number: int, name: str) -> LanguageTag:
    try:
        return parse_language(name)
    except UnknownLanguageError as error:
        raise MalformedPairsError(str(path), number, f"unknown language {name[:20]!r}") from error
