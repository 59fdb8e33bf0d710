"""Whether a translation still denies what its source denies.

Word lists, not grammar: a text that denies by other means ("hardly", "fail to", an opposite) passes
in the source and is found fault with in the translation. See ``negation.toml`` for the lists and
what they were measured on.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

from subtitles.language import LanguageTag, base_language
from subtitles.meaning.one_row import one_row

_LETTER = r"[\w\p{M}']"


@dataclass(frozen=True, slots=True)
class _Negations:
    """One language's patterns.

    Attributes:
        strong: What hardly ever stands for anything but a negation; None where no list is good
            enough to accuse a translation by.
        any_kind: Everything that can deny.
        idioms: What looks like a negation in a source and is none; None for none.
        innocent: Words that only look like ``any_kind``; None for none.
    """

    strong: "regex.Pattern[str] | None"
    any_kind: "regex.Pattern[str]"
    idioms: "regex.Pattern[str] | None"
    innocent: "regex.Pattern[str] | None"


def negation_lost(
    source_text: str, text: str, source_language: LanguageTag, language: LanguageTag
) -> bool:
    """Whether the source surely denies something and the text has no sign of it.

    Always False where one of the languages has no list.
    """
    source, target = _negations(base_language(source_language)), _negations(base_language(language))
    if source is None or target is None or source.strong is None:
        return False
    said = _folded(source_text)
    if not source.strong.search(said):
        return False
    if not source.strong.search(_without(source.idioms, said)):
        return False
    return not target.any_kind.search(_without(target.innocent, _folded(text)))


def _without(pattern: "regex.Pattern[str] | None", text: str) -> str:
    return text if pattern is None else str(pattern.sub(" ", text))


def _folded(text: str) -> str:
    return one_row(text).casefold().replace("’", "'")


@cache
def _negations(language: str) -> _Negations | None:
    table = _tables().get(language)
    if table is None:
        return None
    strong, also = table.get("strong", ()), table.get("also", ())
    parts = table.get("parts", ())
    idioms, innocent = table.get("idioms", ()), table.get("innocent", ())
    return _Negations(
        strong=_words(strong) if strong else None,
        any_kind=_words((*strong, *also), parts),
        idioms=_words(idioms) if idioms else None,
        innocent=_words(innocent) if innocent else None,
    )


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    path = files("subtitles.meaning") / "negation.toml"
    tables: dict[str, dict[str, list[str]]] = tomllib.loads(path.read_text("utf-8"))
    return tables


def _words(words: Sequence[str], parts: Sequence[str] = ()) -> "regex.Pattern[str]":
    """Any of the words whole, ``*`` standing for more letters, or any of the parts anywhere."""
    whole = [_pattern(word) for word in words if not word.startswith("*")]
    endings = [_pattern(word[1:]) for word in words if word.startswith("*")]
    alternatives = [regex.escape(part) for part in parts]
    if whole:
        alternatives.append(rf"(?<!{_LETTER})(?:{'|'.join(whole)})(?!{_LETTER})")
    if endings:
        alternatives.append(rf"(?<={_LETTER})(?:{'|'.join(endings)})(?!{_LETTER})")
    return regex.compile("|".join(alternatives))


def _pattern(word: str) -> str:
    literal = str(regex.escape(word.casefold(), literal_spaces=True))
    return literal.replace(r"\*", rf"{_LETTER}*")
