"""Phrases that recognisers are known to invent, per language (``stock_phrases.toml``).

Trained on subtitles from the web, they write what stood there under music and applause: credits of
translators, thanks for watching. Such a phrase is looked for where it is invented, as all of a
window's text or at its very end, never in the middle of speech.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from asr.doubts.plain_words import plain
from subtitles.language import LanguageTag, base_language

_FILE = Path(__file__).with_name("stock_phrases.toml")
_OPEN_END = "*"
# A name or two may follow where a phrase is open; such a phrase is a sentence of its own.
_LONGEST_OPEN_END = 40
_SENTENCE_ENDS = ".?!…。？！।؟♪©)]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrases:
    """All plain, without spaces."""

    closed: frozenset[str]
    open: tuple[str, ...]
    longest: int


def stock_tail(words: Sequence[str]) -> int:
    """How many of the last words are one or more stock phrases; 0 when they end in none.

    Phrases of every language are looked for: recognisers write credits in another language than
    the one spoken.

    Args:
        words: As recognised.
    """
    known = _phrases()
    rest = list(words)
    total = 0
    while rest and (count := _tail(rest, known)):
        total += count
        del rest[len(rest) - count :]
    return total


def is_filler(words: Sequence[str], language: LanguageTag) -> bool:
    """Whether all of a text is a short phrase that people say and recognisers invent."""
    said = "".join(map(plain, words))
    known = _fillers()
    return said in known.get(base_language(language), frozenset()) | known["en"]


def _tail(words: Sequence[str], known: _Phrases) -> int:
    said = ""
    longest = 0
    for index in range(len(words) - 1, -1, -1):
        word = plain(words[index])
        said = word + said
        if len(said) > known.longest + _LONGEST_OPEN_END:
            break
        starts_sentence = index == 0 or words[index - 1].rstrip().endswith(tuple(_SENTENCE_ENDS))
        if word and (said in known.closed or (starts_sentence and _is_open(said, known))):
            longest = len(words) - index
    return longest


def _is_open(said: str, known: _Phrases) -> bool:
    return any(
        said.startswith(phrase) and len(said) - len(phrase) <= _LONGEST_OPEN_END
        for phrase in known.open
    )


@cache
def _phrases() -> _Phrases:
    outros = [outro for one in _file().values() for outro in one["outros"]]
    closed = frozenset(plain(outro) for outro in outros if not outro.endswith(_OPEN_END))
    opened = tuple(sorted({plain(outro) for outro in outros if outro.endswith(_OPEN_END)}))
    return _Phrases(
        closed=closed,
        open=opened,
        longest=max(map(len, closed | set(opened))),
    )


@cache
def _fillers() -> Mapping[str, frozenset[str]]:
    return {
        language: frozenset(map(plain, one.get("fillers", ()))) for language, one in _file().items()
    }


@cache
def _file() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(_FILE.read_text("utf-8"))
